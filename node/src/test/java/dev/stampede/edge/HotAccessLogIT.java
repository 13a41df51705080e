package dev.stampede.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docker/edge/hot/hot-access.conf} makes a real nginx tell. */
final class HotAccessLogIT {
  private static final String SHIPPER = "127.0.0.1:5140";
  private static final String FORTY = "a".repeat(40);

  @TempDir private Path folder;

  private DatagramSocket shipper;
  private Nginx nginx;

  @BeforeEach
  void start() throws IOException {
    Optional<Path> program = Nginx.installed();
    assumeTrue(program.isPresent(), "no nginx is installed on this machine");
    shipper = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    shipper.setSoTimeout(20_000);
    String conf = Files.readString(Path.of("..", "docker", "edge", "hot", "hot-access.conf"));
    assertThat(conf).contains(SHIPPER);
    nginx =
        new Nginx(
            program.orElseThrow(),
            folder,
            conf.replace(SHIPPER, "127.0.0.1:" + shipper.getLocalPort()));
  }

  @AfterEach
  void stop() {
    if (nginx != null) {
      nginx.close();
      shipper.close();
    }
  }

  @Test
  void record_ofAnAccess_isExactlyWhatThePipelineReads() throws IOException {
    long before = System.currentTimeMillis();
    nginx.ask("GET /api/sales/aurora-headphones/stock HTTP/1.1");

    String record = told().getFirst();

    assertThat(record)
        .matches(
            "\\{\"key\":\"aurora-headphones\",\"count\":1,\"time\":\\d{13},\"source\":\"nginx\"}");
    assertThat(Long.parseLong(record.replaceAll(".*\"time\":(\\d+).*", "$1")))
        .isBetween(before - 1000, System.currentTimeMillis() + 1000);
  }

  @Test
  void records_ofReadsAndPurchases_nameTheSale() throws IOException {
    nginx.ask("GET /api/sales/x HTTP/1.1");
    nginx.ask("GET /api/sales/x-1/stock?a=/api/sales/y HTTP/1.1");
    nginx.ask("GET http://shop.example/api/sales/absolute?b HTTP/1.1");
    nginx.ask("POST /api/sales/0/orders HTTP/1.1");
    nginx.ask("POST /api/sales/" + FORTY + "/orders?q=\" HTTP/1.1");
    nginx.ask("GET /api/sales/gone HTTP/1.1");

    assertThat(keys()).containsExactly("x", "x-1", "absolute", "0", FORTY, "gone");
  }

  @Test
  void requests_ofAnythingElse_leaveNoRecord() throws IOException {
    nginx.ask("GET / HTTP/1.1");
    nginx.ask("GET /api/sales HTTP/1.1");
    nginx.ask("GET /api/sales/ HTTP/1.1");
    nginx.ask("GET /api/sales/x/orders HTTP/1.1");
    nginx.ask("POST /api/sales/x/stock HTTP/1.1");
    nginx.ask("DELETE /api/sales/x HTTP/1.1");
    nginx.ask("GET /api/admin/sales/x HTTP/1.1");
    nginx.ask("GET /x?GET /api/sales/x HTTP/1.1");

    assertThat(keys()).isEmpty();
  }

  @Test
  void requests_ofSomebodyHostile_inventNoKeyAndBreakNoRecord() throws IOException {
    List<String> names =
        new ArrayList<>(List.of("A", "-a", "a-", "a--b", "..", "%61", "a%22", "a%0a"));
    names.addAll(
        List.of("a\"},{\"key\":\"b", "a\\", "a\\\"", "a\\u0022", "$hot_key", "a;b", "a,b"));
    names.addAll(
        List.of("\u00e9", "\u00ff\u00fe", "a\u0001", "a\u007f", "a\tb", "a b", FORTY + "a"));
    names.add("a".repeat(7000));
    for (String name : names) {
      nginx.ask("GET /api/sales/" + name + "/stock HTTP/1.1");
      nginx.ask("GET /api/sales/" + name + " HTTP/1.1");
      nginx.ask("POST /api/sales/" + name + "/orders HTTP/1.1");
    }
    nginx.ask("GET /api/sales/good?\",\"key\":\"b\\ HTTP/1.1");
    nginx.ask("GE\"T /api/sales/x HTTP/1.1");
    nginx.ask("\u0016\u0003\u0001");

    assertThat(keys()).containsExactly("good");
  }

  private List<String> keys() throws IOException {
    return told().stream()
        .peek(record ->
            assertThat(record)
                .matches(
                    "\\{\"key\":\"[a-z0-9-]{1,40}\",\"count\":1,\"time\":\\d{13},\"source\":\"nginx\"}"))
        .map(record -> record.replaceAll("\\{\"key\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  /** All records until now; one more request marks the end. */
  private List<String> told() throws IOException {
    nginx.ask("GET /api/sales/the-end HTTP/1.1");
    List<String> records = new ArrayList<>();
    for (String record = next(); !record.contains("the-end"); record = next()) {
      records.add(record);
    }
    return records;
  }

  private String next() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
    shipper.receive(packet);
    String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    assertThat(text).matches("(?s)<190>.* hot: .*");
    return text.substring(text.indexOf(" hot: ") + " hot: ".length());
  }
}
