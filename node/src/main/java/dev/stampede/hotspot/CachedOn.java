package dev.stampede.hotspot;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.replicatedmap.ReplicatedMap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which nodes have a sale's stock in their memory, as they tell one another: for people to look at.
 *
 * <p>Threads: one timer thread tells; any thread asks, and does not wait for another node.
 */
final class CachedOn {

  private static final String NAME = "hot-cached";
  private static final String SEPARATOR = " ";

  /** What a node said is good for so long, in seconds: one that has died says no more. */
  private static final long KEPT_SECONDS = 15;

  /** Said again after so many calls, so that it is not forgotten. */
  private static final int CALLS_PER_REPEAT = 20;

  private final ReplicatedMap<String, String> told;
  private final String node;
  private final Supplier<Set<String>> here;
  private String last = "";
  private int calls;

  /**
   * Nothing is told yet.
   *
   * @param here the sales whose stock this node has in its memory now
   */
  CachedOn(HazelcastInstance member, String node, Supplier<Set<String>> here) {
    this.told = member.getReplicatedMap(NAME);
    this.node = node;
    this.here = here;
  }

  /** Tells the others what this node has. To be called a few times a second. */
  void tell() {
    String now = here.get().stream().sorted().collect(Collectors.joining(SEPARATOR));
    if (!now.equals(last) || calls++ % CALLS_PER_REPEAT == 0) {
      last = now;
      var _ = told.put(node, now, KEPT_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** The nodes that have a sale, by name. */
  List<String> nodes(String sale) {
    Stream<String> others =
        told.entrySet().stream()
            .filter(each -> !each.getKey().equals(node))
            .filter(each -> Arrays.asList(each.getValue().split(SEPARATOR, -1)).contains(sale))
            .map(Map.Entry::getKey);
    Stream<String> self = here.get().contains(sale) ? Stream.of(node) : Stream.empty();
    return Stream.concat(self, others).sorted().toList();
  }
}
