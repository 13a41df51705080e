package dev.stampede.grid;

import com.hazelcast.core.HazelcastInstance;
import dev.stampede.members.StatusBroadcast;
import dev.stampede.routing.RoutedNode;
import java.util.List;
import java.util.Optional;

/**
 * The nodes that accept requests. Each node announces itself to the others.
 *
 * <p>Threads: one thread at a time announces; any thread reads. Neither blocks.
 */
public final class NodeRegistry {

  private final StatusBroadcast statuses;

  /** A registry in which this node is not announced yet. */
  public NodeRegistry(HazelcastInstance member) {
    this.statuses = new StatusBroadcast(member, "nodes");
  }

  /**
   * Announces this node. Call this several times a second.
   *
   * @param self this node; empty if it accepts no requests
   */
  public void announce(Optional<RoutedNode> self) {
    statuses.publish(self.map(RoutedNode::text).orElse(""));
  }

  /** The nodes that accept requests. */
  public List<RoutedNode> nodes() {
    return statuses.texts().stream().flatMap(text -> RoutedNode.parse(text).stream()).toList();
  }
}
