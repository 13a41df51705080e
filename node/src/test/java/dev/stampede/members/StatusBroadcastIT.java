package dev.stampede.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.impl.MemberImpl;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.version.MemberVersion;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Status texts between real members. */
final class StatusBroadcastIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AtomicLong nanos = new AtomicLong(System.nanoTime());

  /** A call that waits for an acknowledgement of a lite member would fail the test. */
  private final LoopbackGrid grid =
      new LoopbackGrid(
          config -> config.setProperty("hazelcast.operation.backup.timeout.millis", "600000"));

  @AfterEach
  void stop() {
    grid.close();
  }

  @Test
  void texts_ofAllMembers_areReceivedAndRepeatedForNewMembers() {
    StatusBroadcast first = texts(grid.start());
    StatusBroadcast second = texts(grid.start());

    first.publish("one");
    second.publish("two");

    awaitTexts(first, "one", "two");
    awaitTexts(second, "one", "two");

    StatusBroadcast third = texts(grid.start());
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    first.publish("one");
    second.publish("other");
    awaitTexts(third, "one", "other");
    awaitTexts(first, "one", "other");
  }

  @Test
  void texts_whenAMemberLeaves_lackItsText() {
    StatusBroadcast first = texts(grid.start());
    HazelcastInstance leaves = grid.start();
    StatusBroadcast second = texts(leaves);
    second.publish("two");
    awaitTexts(first, "two");

    leaves.shutdown();

    awaitTexts(first);
  }

  /** Hazelcast makes a member without a UUID of a sender that it does not know. */
  @Test
  void receive_fromAMemberThatIsNotKnown_isIgnored() throws UnknownHostException {
    StatusBroadcast first = texts(grid.start());
    Member unknown = new MemberImpl(new Address("127.0.0.1", 1), MemberVersion.UNKNOWN, false);

    first.receive(unknown, "one");

    assertThat(first.texts()).isEmpty();
  }

  @Test
  void texts_whenOneIsNotRepeated_lackItAfter15Seconds() {
    StatusBroadcast first = texts(grid.start());
    texts(grid.start()).publish("two");
    awaitTexts(first, "two");

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(15) - 1);
    assertThat(first.texts()).containsExactly("two");
    nanos.incrementAndGet();
    assertThat(first.texts()).isEmpty();
  }

  /** A node is a lite member while its clock is wrong. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void publish_onALiteMember_doesNotBlock() {
    StatusBroadcast first = texts(grid.start());
    texts(grid.start());
    HazelcastInstance changing = grid.start();
    StatusBroadcast changed = texts(changing);
    changed.publish("owns");
    awaitTexts(first, "owns");

    changing.getCluster().demoteLocalDataMember();
    for (int i = 0; i < 20; i++) {
      changed.publish("lite " + i);
    }
    awaitTexts(first, "lite 19");
    changing.getCluster().promoteLocalLiteMember();
    changed.publish("owns again");

    awaitTexts(first, "owns again");
  }

  private static void awaitTexts(StatusBroadcast texts, String... expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(texts.texts()).containsExactlyInAnyOrder(expected));
  }

  private StatusBroadcast texts(HazelcastInstance member) {
    return new StatusBroadcast(member, "texts", nanos::get);
  }
}
