package dev.stampede.grid;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.OutOfMemoryErrorDispatcher;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sinks;
import com.hazelcast.jet.pipeline.test.TestSources;
import dev.stampede.config.ClusterSettings;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What comes to the grid's port without the secret, and what becomes of it. */
final class GridDoorIT {
  private static final GridSecret OTHER_SECRET =
      GridSecret.of(Base64.getEncoder().encodeToString("x".repeat(32).getBytes(US_ASCII)));
  private static final Duration JOIN = Duration.ofSeconds(30);
  private static final int READ_MILLIS = 5_000;

  private final List<HazelcastInstance> started = new ArrayList<>();
  private int port;

  @AfterEach
  void stop() {
    started.forEach(member -> member.getLifecycleService().terminate());
  }

  @Test
  void members_withOneSecret_findEachOther() {
    HazelcastInstance first = start(0, TestCluster.SECRET);
    HazelcastInstance second = start(port, TestCluster.SECRET);

    assertThat(first.getCluster().getMembers()).hasSize(2);
    assertThat(second.getCluster().getMembers()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "localhost"})
  void members_ofAnyKindOfHost_findEachOther(String host) {
    HazelcastInstance first = start(host, 0, TestCluster.SECRET);
    HazelcastInstance second = start(host, port, TestCluster.SECRET);

    assertThat(first.getCluster().getMembers()).hasSize(2);
    assertThat(second.getCluster().getMembers()).hasSize(2);
  }

  @Test
  void member_whenAClientComes_refusesItAndItsJob() {
    HazelcastInstance member = start(0, TestCluster.SECRET);

    assertThatThrownBy(() -> runJobByClient(member.getConfig().getClusterName()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Unable to connect");
    assertThat(member.getJet().getJobs()).isEmpty();
  }

  /** Without any of it, the same client runs its job: with the rights of the node. */
  @Test
  void plainMember_whenAClientComes_runsItsJob() {
    port = TestCluster.freePort();
    Config config = new Config("plain-" + port).setClusterName("plain");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.getJetConfig().setEnabled(true);
    config.getNetworkConfig().setPort(port).getInterfaces().setEnabled(true);
    config.getNetworkConfig().getInterfaces().addInterface("127.0.0.1");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
    started.add(member);

    runJobByClient("plain");

    assertThat(member.getList("out")).containsExactly(1);
  }

  @Test
  void member_whenAnotherHasAnotherSecret_staysAlone() {
    HazelcastInstance member = start(0, TestCluster.SECRET);

    HazelcastInstance foreign = start(port, OTHER_SECRET);

    assertThat(member.getCluster().getMembers()).hasSize(1);
    assertThat(foreign.getCluster().getMembers()).hasSize(1);
  }

  /** It even knows the name, which travels unencrypted. */
  @Test
  void member_whenAPlainOneKnowsTheName_staysAlone() {
    HazelcastInstance member = start(0, TestCluster.SECRET);
    Config config = config("127.0.0.1", port, TestCluster.SECRET);
    config
        .getAdvancedNetworkConfig()
        .getEndpointConfigs()
        .values()
        .forEach(endpoint -> endpoint.getSocketInterceptorConfig().setEnabled(false));

    assertThat(config.getClusterName()).isEqualTo(member.getConfig().getClusterName());

    assertStaysAlone(config);
    assertThat(member.getCluster().getMembers()).hasSize(1);
  }

  /** It gives up, or forms a grid of its own: what it takes the closed connection for decides. */
  private void assertStaysAlone(Config config) {
    config.setProperty("hazelcast.max.join.seconds", "4");
    try {
      HazelcastInstance plain = Hazelcast.newHazelcastInstance(config);
      started.add(plain);
      assertThat(plain.getCluster().getMembers()).hasSize(1);
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("failed to start");
    }
  }

  /** 78 bytes, 2 GiB by their own account: it ended a node. */
  @Test
  void member_whenAPacketClaimsTwoGibibytes_closesTheConnection() throws IOException {
    HazelcastInstance member = start(0, TestCluster.SECRET);

    int before = OutOfMemoryErrorDispatcher.getOutOfMemoryErrorCount();

    assertThat(answerTo(hugePacket())).isEmpty();
    assertThat(OutOfMemoryErrorDispatcher.getOutOfMemoryErrorCount()).isEqualTo(before);
    assertThat(member.getLifecycleService().isRunning()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /hazelcast/rest/cluster HTTP/1.1\r\nHost: a\r\n\r\n",
        "get Map:stock\r\n",
        "CP2 client greeting of more than thirty-six bytes"
      })
  void member_whenAnotherProtocolIsTried_answersNothing(String request) throws IOException {
    HazelcastInstance member = start(0, TestCluster.SECRET);

    assertThat(answerTo(request.getBytes(US_ASCII))).isEmpty();
    assertThat(member.getLifecycleService().isRunning()).isTrue();
  }

  @Test
  void join_whenManyStrangersSayNothing_takesPlace() throws IOException {
    HazelcastInstance first = start(0, TestCluster.SECRET);
    List<Socket> strangers = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        strangers.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      start(port, TestCluster.SECRET);

      await().atMost(JOIN).until(() -> first.getCluster().getMembers().size() == 2);
    } finally {
      for (Socket stranger : strangers) {
        stranger.close();
      }
    }
  }

  @Test
  void log_atTheFinestLevel_doesNotHaveTheSecretPartOfTheName() {
    Logger root = (Logger) LoggerFactory.getLogger("com.hazelcast");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    root.addAppender(lines);
    root.setLevel(Level.TRACE);
    root.setAdditive(false);
    try {
      HazelcastInstance first = start(0, TestCluster.SECRET);
      start(port, TestCluster.SECRET);
      String name = first.getConfig().getClusterName();
      root.detachAppender(lines);
      lines.stop(); // other threads go on logging
      List<ILoggingEvent> logged;
      synchronized (lines) {
        logged = List.copyOf(lines.list);
      }

      assertThat(logged).hasSizeGreaterThan(100);
      assertThat(logged)
          .noneMatch(line -> line.getFormattedMessage().contains(name.substring("door-".length())));
    } finally {
      root.setLevel(null);
      root.setAdditive(true);
      root.detachAppender(lines);
    }
  }

  private void runJobByClient(String clusterName) {
    ClientConfig config = new ClientConfig().setClusterName(clusterName);
    config.getNetworkConfig().addAddress("127.0.0.1:" + port).setConnectionTimeout(1_000);
    config
        .getConnectionStrategyConfig()
        .getConnectionRetryConfig()
        .setClusterConnectTimeoutMillis(3_000);
    HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
    try {
      Pipeline pipeline = Pipeline.create();
      pipeline.readFrom(TestSources.items(1)).writeTo(Sinks.list("out"));
      client.getJet().newJob(pipeline).join();
    } finally {
      client.shutdown();
    }
  }

  private static byte[] hugePacket() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeBytes("HZC");
    out.writeByte(4);
    out.writeChar(0);
    out.writeInt(-1);
    out.writeInt(Integer.MAX_VALUE - 8); // the longest array that Java has
    out.write(new byte[64]);
    return bytes.toByteArray();
  }

  /** What the member says until it closes the connection. */
  private byte[] answerTo(byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(READ_MILLIS);
      socket.getOutputStream().write(request);
      return socket.getInputStream().readAllBytes();
    } catch (SocketException e) {
      return new byte[0]; // reset: it was closed before all was read
    }
  }

  private HazelcastInstance start(int joins, GridSecret secret) {
    return start("127.0.0.1", joins, secret);
  }

  private HazelcastInstance start(String host, int joins, GridSecret secret) {
    HazelcastInstance member = GridNodeContext.start(config(host, joins, secret));
    started.add(member);
    return member;
  }

  private Config config(String host, int joins, GridSecret secret) {
    port = TestCluster.freePort();
    String other = (host.contains(":") ? "[" + host + "]" : host) + ":" + joins;
    ClusterSettings settings =
        new ClusterSettings(
            "door",
            2,
            host,
            port,
            joins == 0 ? List.of() : List.of(other),
            false,
            TestCluster.MAX_CLOCK_SKEW);
    Config config = GridConfig.of("door-" + port, settings, TestCluster.PERSISTENCE, secret);
    // Who is not let in shall give up soon.
    config.setProperty("hazelcast.max.join.seconds", secret == TestCluster.SECRET ? "30" : "4");
    return config;
  }
}
