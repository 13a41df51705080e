package dev.stampede.hotspot;

import com.hazelcast.core.HazelcastInstance;
import dev.stampede.members.MemberTexts;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which nodes have a sale's stock in their memory, as they tell one another: for people to look at.
 *
 * <p>Threads: one timer thread tells; any thread asks. Neither waits for another node.
 */
final class CachedOn {

  private static final String SEPARATOR = " ";

  private final MemberTexts texts;
  private final String node;
  private final Supplier<Set<String>> here;

  /**
   * Nothing is told yet.
   *
   * @param here the sales whose stock this node has in its memory now
   */
  CachedOn(HazelcastInstance member, String node, Supplier<Set<String>> here) {
    this.texts = new MemberTexts(member, "hot-cached");
    this.node = node;
    this.here = here;
  }

  /** Tells the others what this node has. To be called a few times a second. */
  void tell() {
    texts.tell(
        Stream.concat(Stream.of(node), here.get().stream().sorted())
            .collect(Collectors.joining(SEPARATOR)));
  }

  /** The nodes that have a sale, by name. */
  List<String> nodes(String sale) {
    Stream<String> others =
        texts.all().stream()
            .map(text -> Arrays.asList(text.split(SEPARATOR, -1)))
            .filter(words -> words.lastIndexOf(sale) > 0)
            .map(List::getFirst)
            .filter(name -> !name.equals(node));
    Stream<String> self = here.get().contains(sale) ? Stream.of(node) : Stream.empty();
    return Stream.concat(self, others).sorted().toList();
  }
}
