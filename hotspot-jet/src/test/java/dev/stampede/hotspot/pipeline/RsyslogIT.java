package dev.stampede.hotspot.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.core.JobStatus;
import com.hazelcast.jet.core.metrics.Measurement;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code docker/edge/hot/rsyslog.conf} makes a real rsyslog bring to a real broker, and the
 * job make of it. That nginx sends datagrams of this form, {@code HotAccessLogIT} shows.
 */
final class RsyslogIT {

  private static final Path PROGRAM = Path.of("/usr/sbin/rsyslogd");
  private static final String KAFKA_MODULE = "omkafka.so";
  private static final DateTimeFormatter SYSLOG_TIME =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);
  private static final String PORT = "port=\"5140\"";

  @TempDir private Path folder;

  private final TestGrid grid = new TestGrid();
  private DatagramSocket nginx;
  private int port;
  private KafkaBroker broker;
  private Process rsyslog;
  private HazelcastInstance member;
  private Job job;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    assumeTrue(isInstalled(), "no rsyslog with rsyslog-kafka is installed on this machine");
    nginx = new DatagramSocket();
    port = freePort();
    broker = new KafkaBroker(folder);
    broker.start();
    rsyslog = rsyslog();
    member = grid.start();
    KafkaTopics topics = new KafkaTopics(broker.servers(), "stampede.access", "stampede.hot");
    job = TestGrid.submit(member, new HotspotConfig(100, 80, 10, Optional.of(topics)));
    await().atMost(20, SECONDS).until(() -> job.getStatus() == JobStatus.RUNNING);
  }

  @AfterEach
  void stop() {
    if (rsyslog != null) {
      rsyslog.destroyForcibly().onExit().orTimeout(20, SECONDS).join();
    }
    grid.close();
    if (broker != null) {
      broker.close();
      nginx.close();
    }
  }

  @Test
  void accesses_thatNginxTells_makeASaleHotAlsoAfterTheBrokerWasAway() throws IOException {
    tellUntilHot("phone");
    assertThat(hot("phone").sources()).containsExactly(HotSource.KAFKA);

    broker.kill();
    for (int i = 0; i < 1_000; i++) {
      tell("hot", record("meanwhile"));
    }
    broker.start();

    tellUntilHot("later");
    assertThat(rsyslog.isAlive()).isTrue();
  }

  @Test
  void datagrams_ofAnotherForm_bringNothing() {
    String good = record("good");
    tellUntilHot("good");
    for (int i = 0; i < 500; i++) {
      tell("hot", good.replace("good", "BAD"));
      tell("hot", good.replace("\"count\":1", "\"count\":1000000").replace("good", "much"));
      tell("hot", good.replace("good", "open").replace("\"}", ""));
      tell("hot", good.replace("good", "two") + good);
      tell("other", good.replace("good", "other"));
      tell("hot", "");
    }
    tellUntilHot("end");

    assertThat(Stream.of("BAD", "much", "open", "two", "other").map(this::hot)).containsOnlyNulls();
    assertThat(
            job.getMetrics().get(KafkaAccesses.MALFORMED).stream()
                .mapToLong(Measurement::value)
                .sum())
        .isZero();
  }

  private static boolean isInstalled() throws IOException {
    if (!Files.isExecutable(PROGRAM)) {
      return false;
    }
    try (Stream<Path> files =
        Files.find(Path.of("/usr/lib"), 3, (file, _) -> file.endsWith(KAFKA_MODULE))) {
      return files.findAny().isPresent();
    }
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process rsyslog() throws IOException {
    String conf = Files.readString(Path.of("..", "docker", "edge", "hot", "rsyslog.conf"));
    assertThat(conf).contains(PORT);
    Path file =
        Files.writeString(
            folder.resolve("rsyslog.conf"), conf.replace(PORT, "port=\"" + port + "\""));
    ProcessBuilder builder =
        new ProcessBuilder(
                PROGRAM.toString(),
                "-n",
                "-i",
                folder.resolve("rsyslog.pid").toString(),
                "-f",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("rsyslog.log").toFile());
    builder.environment().putAll(Map.of("KAFKA_SERVERS", broker.servers()));
    return builder.start();
  }

  private void tellUntilHot(String key) {
    await()
        .atMost(60, SECONDS)
        .until(() -> {
          for (int i = 0; i < 50; i++) {
            tell("hot", record(key));
          }
          return hot(key) != null;
        });
  }

  private static String record(String key) {
    return "{\"key\":\"%s\",\"count\":1,\"time\":%d,\"source\":\"nginx\"}"
        .formatted(key, System.currentTimeMillis());
  }

  private void tell(String tag, String text) {
    // Kafka refuses what seems to come from the future.
    byte[] bytes =
        ("<190>"
                + SYSLOG_TIME.format(LocalDateTime.now(ZoneId.systemDefault()))
                + " edge "
                + tag
                + ": "
                + text)
            .getBytes(UTF_8);
    try {
      nginx.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private HotItem hot(String key) {
    return member.<String, HotItem>getMap(HotspotPipeline.HOT_ITEMS).get(key);
  }
}
