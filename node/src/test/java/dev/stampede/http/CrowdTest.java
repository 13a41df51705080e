package dev.stampede.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.stampede.config.ConfigException;
import dev.stampede.config.HttpLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** More connections, and more streams, than the node can have. */
final class CrowdTest extends SocketTest {

  private static final int MOST = 20;
  private static final int STREAMS = 3;
  private static final String BUSY_HEAD = "GET /api/sales HTTP/1.1\r\nHost: x\r\nX-Slow: ";

  CrowdTest() {
    super(new HttpLimits(Duration.ofSeconds(30), MOST, STREAMS), Duration.ofSeconds(5));
  }

  /** The first bytes of the answer; empty where the connection was closed. */
  private static String status(Socket socket) {
    try {
      return new String(socket.getInputStream().readNBytes(12), US_ASCII);
    } catch (IOException e) {
      return "";
    }
  }

  private void fill(int connections, String bytes) throws IOException {
    for (int i = 0; i < connections; i++) {
      open(bytes);
    }
    // Often, as those that are too many stay for a second only.
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> server.http.connections() >= connections);
  }

  @Test
  void connection_whenThereAreAsManyAsThereMayBe_isAnsweredForHealthOnly() throws Exception {
    fill(MOST, BUSY_HEAD);

    assertThat(status(open(get("/health/ready")))).endsWith(" 200");
    Socket other = open(get("/api/sales"));
    assertThat(new String(other.getInputStream().readAllBytes(), US_ASCII))
        .startsWith("HTTP/1.1 503 ")
        .contains("too-many-connections", "Retry-After", "Connection: close");
  }

  @Test
  void connection_whenThereAreFarTooMany_isClosedAtOnceAndPlacesComeBack() throws Exception {
    fill(MOST + FrontConnector.EXTRA, BUSY_HEAD);

    assertThat(status(open(get("/health/ready")))).isEmpty();
    assertThat(server.http.connections()).isEqualTo(MOST + FrontConnector.EXTRA);

    // Those that were let in for their health alone are gone after a second.
    await().until(() -> status(open(get("/health/ready"))).endsWith(" 200"));
    closeSockets();
    await().until(() -> status(open(get("/api/sales"))).endsWith(" 200"));
  }

  /** Else some thousand connections that want nothing would keep buyers out. */
  @Test
  void connection_whenOthersWaitForNothing_takesTheirPlace() throws Exception {
    fill(MOST, "");

    await()
        .pollInterval(Duration.ofMillis(200))
        .until(() -> status(open(get("/api/sales"))).endsWith(" 200"));
  }

  @Test
  void streams_whenOneNetworkHasItsShare_areRefusedWith429() throws Exception {
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      open.add(open(get(Routes.HOT_EVENTS)));
      assertThat(status(open.getLast())).endsWith(" 200");
    }

    Socket refused =
        open(get(Routes.HOT_EVENTS).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
    assertThat(new String(refused.getInputStream().readAllBytes(), US_ASCII))
        .startsWith("HTTP/1.1 429 ")
        .contains("too-many-streams-of-network", "Retry-After");
    open.getFirst().setSoLinger(true, 0);
    open.getFirst().close();
    await()
        .pollDelay(Duration.ofMillis(100))
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> status(open(get(Routes.HOT_EVENTS))).endsWith(" 200"));
  }

  @Test
  void network_ofAddresses_isTheAddressOrItsFirst64Bits() throws Exception {
    assertThat(network("10.0.0.1"))
        .isEqualTo(network("10.0.0.1"))
        .isNotEqualTo(network("10.0.0.2"));
    assertThat(network("2001:db8::1"))
        .isEqualTo(network("2001:db8::ffff:0:0:2"))
        .isNotEqualTo(network("2001:db8:0:1::1"));
    assertThat(network("::ffff:10.0.0.1")).isEqualTo(network("10.0.0.1"));
    assertThat(network("::a00:1")).isNotEqualTo(network("10.0.0.1"));
  }

  private static Network network(String address) throws IOException {
    return Network.of(InetAddress.getByName(address));
  }

  @Test
  void limits_whenDescriptorsDoNotSuffice_sayWhatToDo() {
    HttpLimits usual = HttpLimits.USUAL;
    HttpLimits many = new HttpLimits(Duration.ofSeconds(1), 20_000, 1);

    assertThat(usual.connections(20_000)).isEqualTo(19_488);
    assertThat(many.connections(20_512)).isEqualTo(20_000);
    assertThatThrownBy(() -> many.connections(20_000))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("http.maxConnections: 20000 connections")
        .hasMessageContaining("20512 file descriptors")
        .hasMessageContaining("lower it to 19488 (STAMPEDE_HTTP_MAX_CONNECTIONS)");
    assertThatThrownBy(() -> usual.connections(512)).isInstanceOf(ConfigException.class);
  }
}
