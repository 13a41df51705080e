package dev.stampede.grid;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.replicatedmap.ReplicatedMap;
import dev.stampede.routing.RoutedNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Which nodes take requests, as they tell one another. A node that has left the grid is not there,
 * whatever it told; one that is there and tells no more is forgotten after {@value #KEPT_SECONDS}
 * s.
 *
 * <p>Threads: one at a time tells, and may wait for another node; any asks, and does not.
 */
public final class Presence {

  private static final String NAME = "presence";

  /** Telling may have to wait until the grid has given up a node that hangs, which takes 10 s. */
  private static final long KEPT_SECONDS = 30;

  private static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(KEPT_SECONDS / 6);

  private final HazelcastInstance member;
  private final ReplicatedMap<String, String> told;
  private String last = "";
  private long lastAt;

  /** Nothing is told yet. */
  public Presence(HazelcastInstance member) {
    this.member = member;
    this.told = member.getReplicatedMap(NAME);
  }

  /**
   * Tells how this node stands, where the others do not know it yet or may soon forget it. To be
   * called a few times a second.
   *
   * @param self this node; empty where it takes no requests
   */
  public void tell(Optional<RoutedNode> self) {
    String me = id(member.getCluster().getLocalMember()); // another one after a cut has healed
    String now = self.map(node -> me + node.text()).orElse("");
    if (now.equals(last) && (now.isEmpty() || System.nanoTime() - lastAt < REPEAT_NANOS)) {
      return;
    }
    if (self.isEmpty()) {
      var _ = told.remove(me);
    } else {
      var _ = told.put(me, self.get().text(), KEPT_SECONDS, TimeUnit.SECONDS);
    }
    last = now;
    lastAt = System.nanoTime();
  }

  /** Those that take requests. */
  public List<RoutedNode> nodes() {
    Set<String> members =
        member.getCluster().getMembers().stream().map(Presence::id).collect(Collectors.toSet());
    return told.entrySet().stream()
        .filter(each -> members.contains(each.getKey()))
        .map(Map.Entry::getValue)
        .flatMap(text -> RoutedNode.parse(text).stream())
        .toList();
  }

  private static String id(Member member) {
    return member.getUuid().toString();
  }
}
