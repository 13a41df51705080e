package dev.stampede.grid;

import com.hazelcast.core.HazelcastInstance;
import dev.stampede.members.MemberTexts;
import dev.stampede.routing.RoutedNode;
import java.util.List;
import java.util.Optional;

/**
 * Which nodes take requests, as they tell one another.
 *
 * <p>Threads: one at a time tells; any asks. Neither waits for another node.
 */
public final class Presence {

  private final MemberTexts texts;

  /** Nothing is told yet. */
  public Presence(HazelcastInstance member) {
    this.texts = new MemberTexts(member, "presence");
  }

  /**
   * Tells how this node stands. To be called a few times a second.
   *
   * @param self this node; empty where it takes no requests
   */
  public void tell(Optional<RoutedNode> self) {
    texts.tell(self.map(RoutedNode::text).orElse(""));
  }

  /** Those that take requests. */
  public List<RoutedNode> nodes() {
    return texts.all().stream().flatMap(text -> RoutedNode.parse(text).stream()).toList();
  }
}
