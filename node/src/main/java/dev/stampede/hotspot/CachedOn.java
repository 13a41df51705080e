package dev.stampede.hotspot;

import com.hazelcast.core.HazelcastInstance;
import dev.stampede.members.StatusBroadcast;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The nodes that have a sale's stock in their near cache, for display only.
 *
 * <p>Threads: one timer thread publishes; any thread reads. Neither blocks.
 */
final class CachedOn {

  private static final String SEPARATOR = " ";

  private final StatusBroadcast statuses;
  private final String node;
  private final Supplier<Set<String>> here;

  /**
   * Nothing is published yet.
   *
   * @param here the sales whose stock this node has in its near cache now
   */
  CachedOn(HazelcastInstance member, String node, Supplier<Set<String>> here) {
    this.statuses = new StatusBroadcast(member, "hot-cached");
    this.node = node;
    this.here = here;
  }

  /** Publishes what this node has. Call this several times a second. */
  void publish() {
    statuses.publish(
        Stream.concat(Stream.of(node), here.get().stream().sorted())
            .collect(Collectors.joining(SEPARATOR)));
  }

  /** The nodes that have a sale, by name. */
  List<String> nodes(String sale) {
    Stream<String> others =
        statuses.texts().stream()
            .map(text -> Arrays.asList(text.split(SEPARATOR, -1)))
            .filter(words -> words.lastIndexOf(sale) > 0)
            .map(List::getFirst)
            .filter(name -> !name.equals(node));
    Stream<String> self = here.get().contains(sale) ? Stream.of(node) : Stream.empty();
    return Stream.concat(self, others).sorted().toList();
  }
}
