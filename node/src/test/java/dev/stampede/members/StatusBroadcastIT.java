package dev.stampede.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Status texts between real members. */
final class StatusBroadcastIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String cluster = "status-broadcast-" + UUID.randomUUID();
  private final AtomicLong nanos = new AtomicLong(System.nanoTime());
  private final List<HazelcastInstance> members = new ArrayList<>();

  @AfterEach
  void stop() {
    members.forEach(member -> member.getLifecycleService().terminate());
  }

  @Test
  void texts_ofAllMembers_areReceivedAndRepeatedForNewMembers() {
    StatusBroadcast first = texts(start());
    StatusBroadcast second = texts(start());

    first.publish("one");
    second.publish("two");

    awaitTexts(first, "one", "two");
    awaitTexts(second, "one", "two");

    StatusBroadcast third = texts(start());
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    first.publish("one");
    second.publish("other");
    awaitTexts(third, "one", "other");
    awaitTexts(first, "one", "other");
  }

  @Test
  void texts_whenAMemberLeaves_lackItsText() {
    StatusBroadcast first = texts(start());
    HazelcastInstance leaves = start();
    StatusBroadcast second = texts(leaves);
    second.publish("two");
    awaitTexts(first, "two");

    leaves.shutdown();

    awaitTexts(first);
  }

  @Test
  void texts_whenOneIsNotRepeated_lackItAfter15Seconds() {
    StatusBroadcast first = texts(start());
    texts(start()).publish("two");
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
    StatusBroadcast first = texts(start());
    texts(start());
    HazelcastInstance changing = start();
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

  private HazelcastInstance start() {
    HazelcastInstance member = Hazelcast.newHazelcastInstance(config());
    members.add(member);
    return member;
  }

  private Config config() {
    Config config = new Config().setClusterName(cluster);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.getNetworkConfig().setPort(5801).setPortCount(200);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    var join = config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true);
    members.stream()
        .map(member -> member.getCluster().getLocalMember().getAddress())
        .forEach(address -> join.addMember(address.getHost() + ":" + address.getPort()));
    // A call that waits for an acknowledgement of a lite member would fail the test.
    config.setProperty("hazelcast.operation.backup.timeout.millis", "600000");
    return config;
  }
}
