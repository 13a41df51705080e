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

/** What members tell one another, with real members. */
final class MemberTextsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String cluster = "member-texts-" + UUID.randomUUID();
  private final AtomicLong nanos = new AtomicLong(System.nanoTime());
  private final List<HazelcastInstance> members = new ArrayList<>();

  @AfterEach
  void stop() {
    members.forEach(member -> member.getLifecycleService().terminate());
  }

  @Test
  void text_ofAMember_isHeardByAllAndByWhoJoinsLater() {
    MemberTexts first = texts(start());
    MemberTexts second = texts(start());

    first.tell("one");
    second.tell("two");

    awaitTexts(first, "one", "two");
    awaitTexts(second, "one", "two");

    MemberTexts third = texts(start());
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    first.tell("one");
    second.tell("other");
    awaitTexts(third, "one", "other");
    awaitTexts(first, "one", "other");
  }

  @Test
  void text_ofAMemberThatLeaves_isForgottenAtOnce() {
    MemberTexts first = texts(start());
    HazelcastInstance leaves = start();
    MemberTexts second = texts(leaves);
    second.tell("two");
    awaitTexts(first, "two");

    leaves.shutdown();

    awaitTexts(first);
  }

  @Test
  void text_thatIsNotRepeated_isForgottenAfter15Seconds() {
    MemberTexts first = texts(start());
    texts(start()).tell("two");
    awaitTexts(first, "two");

    nanos.addAndGet(TimeUnit.SECONDS.toNanos(15) - 1);
    assertThat(first.all()).containsExactly("two");
    nanos.incrementAndGet();
    assertThat(first.all()).isEmpty();
  }

  /** A node is one while its clock is wrong. The last text before and the first after count. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void tell_onALiteMember_waitsForNobody() {
    MemberTexts first = texts(start());
    texts(start());
    HazelcastInstance changing = start();
    MemberTexts changed = texts(changing);
    changed.tell("owns");
    awaitTexts(first, "owns");

    changing.getCluster().demoteLocalDataMember();
    for (int i = 0; i < 20; i++) {
      changed.tell("lite " + i);
    }
    awaitTexts(first, "lite 19");
    changing.getCluster().promoteLocalLiteMember();
    changed.tell("owns again");

    awaitTexts(first, "owns again");
  }

  private static void awaitTexts(MemberTexts texts, String... expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(texts.all()).containsExactlyInAnyOrder(expected));
  }

  private MemberTexts texts(HazelcastInstance member) {
    return new MemberTexts(member, "texts", nanos::get);
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
    // For as long as it may take: nothing here may depend on an acknowledgement that never comes.
    config.setProperty("hazelcast.operation.backup.timeout.millis", "600000");
    return config;
  }
}
