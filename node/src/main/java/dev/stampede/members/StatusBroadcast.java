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
import org.jspecify.annotations.Nullable;

/**
 * Broadcasts a status text of each member to all members. The text is repeated every second, so a
 * member that joins knows all of them a second later. The text of a member expires {@value
 * #EXPIRY_SECONDS} s after its last repetition, and at once if the member leaves.
 *
 * <p>This uses a topic, not a replicated map. If a lite member writes to a replicated map,
 * Hazelcast 5.7 waits for an acknowledgement that never comes, until the backup time-out. A node is
 * a lite member while its clock is wrong, and Hazelcast computes that time-out from the same clock:
 * if a clock that was a day ahead is corrected during the wait, the wait takes a day.
 *
 * <p>Threads: one thread at a time publishes; any thread reads. Neither blocks.
 */
public final class StatusBroadcast {

  private static final long EXPIRY_SECONDS = 15;
  private static final long EXPIRY_NANOS = TimeUnit.SECONDS.toNanos(EXPIRY_SECONDS);
  private static final long REPEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  private final Cluster cluster;
  private final ITopic<String> topic;
  private final Map<UUID, Received> latest = new ConcurrentHashMap<>();
  private String published = "";
  private long publishedAt;

  /** The text of a member, and when this node received it. */
  private record Received(String text, long nanos) {}

  /**
   * Starts to receive. Nothing is published yet.
   *
   * @param topic the name of the topic; members with the same topic exchange their texts
   */
  public StatusBroadcast(HazelcastInstance member, String topic) {
    this(member, topic, System::nanoTime);
  }

  StatusBroadcast(HazelcastInstance member, String topic, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.cluster = member.getCluster();
    this.topic = member.getTopic(topic);
    UUID _ = this.topic.addMessageListener(this::receive);
  }

  private void receive(Message<String> message) {
    receive(message.getPublishingMember(), message.getMessageObject());
  }

  /** Ignores a member that has left or whose join is not complete here: it has no UUID. */
  void receive(@Nullable Member member, String text) {
    UUID uuid = member == null ? null : member.getUuid();
    if (uuid != null) {
      latest.put(uuid, new Received(text, nanoTime.getAsLong()));
    }
  }

  /** Publishes the text if it is new or due for repetition. Call this several times a second. */
  public void publish(String text) {
    long now = nanoTime.getAsLong();
    if (!text.equals(published) || now - publishedAt >= REPEAT_NANOS) {
      topic.publish(text);
      published = text;
      publishedAt = now;
      latest.keySet().retainAll(members());
    }
  }

  /** The current texts of all members, in no particular order; this member's own included. */
  public List<String> texts() {
    long now = nanoTime.getAsLong();
    Set<UUID> members = members();
    return latest.entrySet().stream()
        .filter(each -> members.contains(each.getKey()))
        .map(Map.Entry::getValue)
        .filter(each -> now - each.nanos() < EXPIRY_NANOS)
        .map(Received::text)
        .toList();
  }

  private Set<UUID> members() {
    return cluster.getMembers().stream().map(Member::getUuid).collect(Collectors.toSet());
  }
}
