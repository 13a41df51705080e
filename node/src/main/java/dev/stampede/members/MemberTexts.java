package dev.stampede.members;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.topic.ITopic;
import com.hazelcast.topic.Message;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * A text of each member, which it tells all others over and over: whoever joins knows every text a
 * second later. A member that has left has none, whatever it told; one that is there and tells no
 * more is forgotten after {@value #KEPT_SECONDS} s.
 *
 * <p>It is a topic and no replicated map, because nobody may wait here. A call to a replicated map
 * waits for an acknowledgement that a lite member never gives, which is what a node is while its
 * clock is wrong; and Hazelcast reckons the end of that wait by the same clock, so that a clock
 * that was a day ahead and is put right makes it a day long.
 *
 * <p>Threads: one at a time tells; any reads. Neither waits for another member.
 */
public final class MemberTexts {

  private static final long KEPT_SECONDS = 15;
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(KEPT_SECONDS);
  private static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanos;
  private final Cluster cluster;
  private final ITopic<String> topic;
  private final Map<UUID, Told> told = new ConcurrentHashMap<>();
  private String last = "";
  private long lastAt;

  /** What a member said last, and when it was heard, by this node's monotonic clock. */
  private record Told(String text, long nanos) {}

  /**
   * Hears the others from now on, and has told nothing yet.
   *
   * @param name what the texts are about: the members that use the same name hear one another
   */
  public MemberTexts(HazelcastInstance member, String name) {
    this(member, name, System::nanoTime);
  }

  MemberTexts(HazelcastInstance member, String name, LongSupplier nanos) {
    this.nanos = nanos;
    this.cluster = member.getCluster();
    this.topic = member.getTopic(name);
    UUID _ = topic.addMessageListener(this::hear);
  }

  private void hear(Message<String> message) {
    Member member = message.getPublishingMember();
    if (member != null) { // else it is not known here yet, or any more
      told.put(member.getUuid(), new Told(message.getMessageObject(), nanos.getAsLong()));
    }
  }

  /** Tells the others, where they do not know it or may soon forget it. To be called repeatedly. */
  public void tell(String text) {
    long now = nanos.getAsLong();
    if (!text.equals(last) || now - lastAt >= REPEAT_NANOS) {
      topic.publish(text);
      last = text;
      lastAt = now;
      told.keySet().retainAll(members());
    }
  }

  /** What the members tell, this one included as soon as it hears itself; in no order. */
  public List<String> all() {
    long now = nanos.getAsLong();
    Set<UUID> members = members();
    return told.entrySet().stream()
        .filter(each -> members.contains(each.getKey()))
        .map(Map.Entry::getValue)
        .filter(each -> now - each.nanos() < KEPT_NANOS)
        .map(Told::text)
        .toList();
  }

  private Set<UUID> members() {
    return cluster.getMembers().stream().map(Member::getUuid).collect(Collectors.toSet());
  }
}
