package dev.stampede.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stampede.config.HttpLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that send slowly, or in pieces, beside others. */
final class SlowClientsTest extends SocketTest {

  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final int MANY = 500;

  SlowClientsTest() {
    super(
        new HttpLimits(DEADLINE, HttpLimits.AS_POSSIBLE, HttpLimits.MAX_STREAMS),
        Duration.ofSeconds(20));
  }

  @BeforeEach
  void publish() {
    server.publish("sale", 10_000);
  }

  private String purchase(String length) {
    return "POST /api/sales/sale/orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + server.token("ann")
        + "\r\nContent-Type: application/json\r\nIdempotency-Key: key\r\n"
        + length
        + "\r\n\r\n";
  }

  private String payment(String length) {
    return "POST /api/payments/notifications HTTP/1.1\r\n"
        + "Host: x\r\n"
        + "Content-Type: application/json\r\n"
        + length
        + "\r\n\r\n";
  }

  /** What came until the server closed the connection. */
  private static String all(Socket socket) {
    try {
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    } catch (SocketTimeoutException e) {
      return "still open";
    } catch (IOException e) {
      return "reset";
    }
  }

  /** Sends a byte to each every 100 ms, and returns how many are still open at the end. */
  private int trickle(List<Socket> to, String bytes, Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    List<Socket> open = new ArrayList<>(to);
    for (int i = 0; !open.isEmpty() && System.nanoTime() < end; i++) {
      char next = bytes.charAt(i % bytes.length());
      open.removeIf(socket -> isClosed(socket, next));
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return open.size();
  }

  private static boolean isClosed(Socket socket, char next) {
    try {
      socket.getOutputStream().write(next);
      socket.setSoTimeout(1);
      while (socket.getInputStream().read() >= 0) {
        // the answer
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void head_whenItComesByteByByte_isCutAtTheDeadline() throws Exception {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      slow.add(open("GET /api/sales HTTP/1.1\r\nHost: x\r\nX-Slow: "));
    }
    assertThat(trickle(slow, "a", DEADLINE.plusSeconds(3))).isZero();
  }

  @Test
  void purchase_whenItsBodyComesByteByByte_isCutAtTheDeadline() throws Exception {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      slow.add(open(purchase("Content-Length: 10000")));
    }
    assertThat(trickle(slow, " ", DEADLINE.plusSeconds(3))).isZero();
  }

  @Test
  void payment_whenItsBodyComesByteByByte_isCutAtTheDeadline() throws Exception {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      slow.add(open(payment("Content-Length: 10000")));
    }
    assertThat(trickle(slow, " ", DEADLINE.plusSeconds(3))).isZero();
  }

  @Test
  void purchase_whenItsBodyDoesNotCome_answers408() throws Exception {
    assertThat(all(open(purchase("Content-Length: 100"))))
        .startsWith("HTTP/1.1 408 ")
        .contains("request-timeout");
  }

  @Test
  void payment_whenItsBodyDoesNotCome_answers408() throws Exception {
    assertThat(all(open(payment("Content-Length: 100"))))
        .startsWith("HTTP/1.1 408 ")
        .contains("request-timeout");
  }

  /** What was refused already waits for the rest of its body no longer than that either. */
  @Test
  void request_whenRefusedAndItsBodyDoesNotCome_isAnsweredAtTheDeadline() throws Exception {
    String wrong = "GET /api/sales/%41 HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n";
    assertThat(all(open(wrong))).startsWith("HTTP/1.1 400 ");
  }

  /** Each request has the whole deadline, however long its connection has been there. */
  @Test
  void requests_whenTheirConnectionIsOld_areAnswered() throws Exception {
    Socket socket = open("");
    for (int i = 0; i < 6; i++) {
      socket.getOutputStream().write("GET /health/live HTTP/1.1\r\nHo".getBytes(US_ASCII));
      TimeUnit.MILLISECONDS.sleep(DEADLINE.toMillis() / 3);
      socket.getOutputStream().write("st: x\r\n\r\n".getBytes(US_ASCII));
      assertThat(socket.getInputStream().readNBytes(12)).asString(US_ASCII).endsWith(" 200");
      TimeUnit.MILLISECONDS.sleep(50);
      socket.getInputStream().skipNBytes(socket.getInputStream().available());
    }
  }

  @Test
  void purchase_whenItsBodyIsTooLarge_isRefusedByTheFirstByteTooMany() throws Exception {
    Socket socket = open(purchase("Transfer-Encoding: chunked"));
    String most = Integer.toHexString(Exchange.MAX_BODY);
    OutputStream out = socket.getOutputStream();
    out.write((most + "\r\n" + " ".repeat(Exchange.MAX_BODY) + "\r\n").getBytes(US_ASCII));
    socket.setSoTimeout(300);
    assertThat(all(socket)).isEqualTo("still open");

    socket.setSoTimeout(10_000);
    out.write("1\r\n ".getBytes(US_ASCII));

    assertThat(socket.getInputStream().readNBytes(12)).asString(US_ASCII).endsWith(" 413");
  }

  /** The connection is not reset under an answer that the client has not read. */
  @Test
  void purchase_whenItsBodyIsTooLargeAndGoesOn_letsTheClientReadWhy() throws Exception {
    Socket socket = open(purchase("Content-Length: 200000"));
    byte[] piece = " ".repeat(1_000).getBytes(US_ASCII);
    for (int i = 0; i < 200; i++) {
      socket.getOutputStream().write(piece);
      if (i % 40 == 0) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
    assertThat(all(socket)).startsWith("HTTP/1.1 413 ").contains("body-too-large");
  }

  /** On both ways that bodies are read. */
  @Test
  void body_whenItComesInChunksOfOneByte_isRead() throws Exception {
    String space = " ".repeat(Exchange.MAX_BODY - 14);
    StringBuilder chunks = new StringBuilder();
    for (char next : (space + "{\"quantity\":1}").toCharArray()) {
      chunks.append("1\r\n").append(next).append("\r\n");
    }
    String body = chunks.append("0\r\n\r\n").toString();

    assertThat(open(purchase("Transfer-Encoding: chunked") + body).getInputStream().readNBytes(12))
        .asString(US_ASCII)
        .endsWith(" 201");
    assertThat(open(payment("Transfer-Encoding: chunked") + body).getInputStream().readNBytes(12))
        .asString(US_ASCII)
        .endsWith(" 401");
  }

  /** So many that they do not fit into the buffers of the system. */
  private Socket openForManyAnswers(int answers) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(8 * 1024);
    return open(get("/openapi.yaml").repeat(answers), socket);
  }

  /** The idle time-out begins anew with every byte that the system takes. */
  @Test
  void answer_whenItIsReadByteByByte_isCutAtTheDeadline() throws Exception {
    Socket socket = openForManyAnswers(1_000);
    long end = System.nanoTime() + DEADLINE.plusSeconds(3).toNanos();
    while (server.http.connections() > 0 && System.nanoTime() < end) {
      assertThat(socket.getInputStream().read()).isNotNegative();
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(server.http.connections()).isZero();
  }

  @Test
  void answers_whenTheyAreReadSlowlyButSteadily_allCome() throws Exception {
    Socket socket = openForManyAnswers(300);
    int size = size();
    long begun = System.nanoTime();
    for (int i = 0; i < 300; i++) {
      assertThat(socket.getInputStream().readNBytes(size)).hasSize(size);
      TimeUnit.MILLISECONDS.sleep(DEADLINE.toMillis() * 2 / 300);
    }
    assertThat(System.nanoTime() - begun).isGreaterThan(DEADLINE.toNanos());
  }

  @Test
  void answer_whenEnoughOfItIsTaken_hasMoreTime() {
    long later = DEADLINE.plusSeconds(5).toNanos();

    assertThat(ClientEndPoint.isTooSlow(DEADLINE.toNanos(), 0, DEADLINE, 1_000)).isFalse();
    assertThat(ClientEndPoint.isTooSlow(later, 4_999, DEADLINE, 1_000)).isTrue();
    assertThat(ClientEndPoint.isTooSlow(later, 5_000, DEADLINE, 1_000)).isFalse();
  }

  /** Of one of these answers, head included. */
  private int size() throws IOException {
    Socket socket = open(get("/openapi.yaml").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
    return socket.getInputStream().readAllBytes().length - "Connection: close\r\n".length();
  }

  @Test
  void stop_whenBodiesComeByteByByte_endsSoon() throws Exception {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      slow.add(open(purchase("Content-Length: 10000")));
      slow.add(open(payment("Content-Length: 10000")));
      slow.add(open("GET /api/sales HTTP/1.1\r\nHost: x\r\nX-Slow: "));
    }
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    Thread sending =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (!stopped.isDone()) {
                  trickle(slow, " ", Duration.ofMillis(200));
                }
              } catch (InterruptedException e) {
                stopped.completeExceptionally(e);
              }
            });
    TimeUnit.MILLISECONDS.sleep(200);
    long from = System.nanoTime();
    server.http.stop();
    Duration took = Duration.ofNanos(System.nanoTime() - from);
    stopped.complete(null);
    sending.join();
    assertThat(took).isLessThan(Duration.ofSeconds(4));
    await().until(() -> slow.stream().allMatch(socket -> isClosed(socket, ' ')));
  }
}
