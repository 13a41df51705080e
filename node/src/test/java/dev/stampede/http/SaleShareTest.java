package dev.stampede.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.Tier;
import dev.stampede.stock.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A flooded sale takes its share of the server and no more, however its purchases end. */
final class SaleShareTest extends ApiTest {

  /** One that gets past the limit is held with the others. */
  private static final Duration NOT_HELD = Duration.ofSeconds(10);

  private final List<Socket> held = new ArrayList<>();
  private CompletableFuture<Outcome> gate = new CompletableFuture<>();
  private String flooded = "";
  private String other = "";

  @AfterEach
  void letGoOfAll() {
    gate.complete(new Outcome.Closed());
    held.clear();
  }

  @BeforeEach
  void publish() {
    gate = new CompletableFuture<>();
    flooded = fresh("flooded");
    other = fresh("other");
    server.publish(flooded, 100_000);
    server.publish(other, 100_000);
    buy(flooded, "ann", "first");
    buy(other, "ann", "first");
  }

  private int taken() {
    return Objects.requireNonNull(server.shares.known(flooded)).taken();
  }

  private String request(String token, String headers) {
    return "POST /api/sales/"
        + flooded
        + "/orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + token
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + ONE.length()
        + "\r\n"
        + headers
        + "\r\n"
        + ONE;
  }

  private String whole(String key) {
    return request(server.token(key), "Idempotency-Key: " + key + "\r\n");
  }

  private Socket open(String bytes) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(bytes.getBytes(US_ASCII));
    return socket;
  }

  /** As many purchases as its share, none of which is answered before they are let go. */
  private void holdAll() throws IOException {
    holdAll(TestServer.SHARE);
  }

  private void holdAll(int share) throws IOException {
    closeGate();
    for (int i = 0; i < share; i++) {
      held.add(open(whole("held-" + i)));
    }
    await().untilAsserted(() -> assertThat(taken()).isEqualTo(share));
  }

  /** Lets nothing out of the stock for now; counts what is in it. */
  private AtomicInteger closeGate() {
    AtomicInteger inside = new AtomicInteger();
    server.stock.set((key, command) -> {
      inside.incrementAndGet();
      return gate.thenCompose(_ -> server.memory.execute(key, command));
    });
    return inside;
  }

  private void letGo() throws IOException {
    gate.complete(new Outcome.Closed());
    for (Socket socket : held) {
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      socket.close();
    }
  }

  @Test
  void purchase_ofADedicatedSale_hasTheShareOfItsTier() throws IOException {
    flooded = fresh("dedicated");
    server.publish(dedicated(server.publish(fresh("like"), 100_000), flooded));
    buy(flooded, "ann", "first");

    holdAll(TestServer.DEDICATED_SHARE);

    assertProblem(buy(flooded, "ann", "next"), 429, "sale-busy");
    letGo();
  }

  private static Sale dedicated(Sale like, String id) {
    return new Sale(
        new SaleId(id),
        like.title(),
        like.description(),
        like.priceMinor(),
        like.currency(),
        like.quantity(),
        like.terms(),
        Optional.empty(),
        Tier.DEDICATED);
  }

  @Test
  void purchase_whenItsSaleHasItsShare_isToldToComeBackAndCounted() throws IOException {
    holdAll();
    server.purchases.clear();

    HttpResponse<String> refused =
        send(purchase(flooded, "ann", "one-more", ONE).timeout(NOT_HELD));

    assertProblem(refused, 429, "sale-busy");
    assertRetryAfter(refused, 1, 3);
    assertThat(get("/problems/sale-busy").statusCode()).isEqualTo(200);
    await()
        .untilAsserted(() ->
            assertThat(get("/metrics").body())
                .containsPattern("stampede_limited_purchases_total [1-9]")
                .contains("code=\"sale-busy\""));
    assertThat(server.purchases).as("still counted as wanted").containsExactly(flooded);
    letGo();
    assertThat(buy(flooded, "ann", "one-more").statusCode()).isEqualTo(201);
  }

  /** Else who asks again at once would keep the server busy with nothing but refusing. */
  @Test
  void purchase_whenItsSaleHasItsShare_waitsForItsRefusalWhileOthersAreServed() throws IOException {
    holdAll();
    server.stock.set(server.memory);
    long start = System.nanoTime();
    long before = server.shares.refused();

    try (Socket refused = open(whole("one-more"))) {
      await().until(() -> server.shares.refused() > before);
      assertThat(buy(other, "ann", "meanwhile").statusCode()).isEqualTo(201);
      assertThat(refused.getInputStream().readNBytes(12)).asString(US_ASCII).endsWith(" 429");
    }

    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SaleShares.PAUSE.toNanos());
    assertThat(server.shares.pausing()).isZero();
    letGo();
  }

  @Test
  void purchase_whenItsClientLeavesBeforeItsRefusal_isForgotten() throws IOException {
    holdAll();
    open(whole("one-more")).close();
    await().untilAsserted(() -> assertThat(server.shares.refused()).isPositive());

    await().until(() -> server.shares.pausing() == 0);
    letGo();
    await().untilAsserted(() -> assertThat(taken()).isZero());
  }

  @Test
  void purchase_whenAnotherSaleHasItsShare_isTaken() throws IOException {
    holdAll();
    server.stock.set(server.memory);

    assertThat(buy(other, "ann", "unhurt").statusCode()).isEqualTo(201);
    letGo();
  }

  /** The signature is what costs. */
  @Test
  void purchase_whenItsSaleHasItsShare_isRefusedBeforeItsTokenAndBodyAreLookedAt()
      throws IOException {
    holdAll();

    assertProblem(
        send(
            purchase(flooded, "ann", "k", "nonsense")
                .timeout(NOT_HELD)
                .setHeader("Authorization", "Bearer x")),
        429,
        "sale-busy");
    letGo();
  }

  /** Else anybody could put a sale under its limits, by a request a second on another one. */
  @Test
  void purchase_whenOnlyStrangersWantAnotherSale_isAsIfAlone() throws Exception {
    AtomicInteger inside = closeGate();
    TimeUnit.NANOSECONDS.sleep(SaleShares.NEIGHBOURHOOD.toNanos());
    List<Socket> strangers = new ArrayList<>();
    for (int i = 0; i < 3 * TestServer.SHARE; i++) {
      strangers.add(open(whole("stranger").replace("Bearer ", "Bearer x").replace(flooded, other)));
      assertThat(strangers.getLast().getInputStream().readNBytes(12))
          .asString(US_ASCII)
          .endsWith(" 401");
      held.add(open(whole("alone-" + i)));
    }

    await().untilAtomic(inside, is(3 * TestServer.SHARE));
    held.addAll(strangers);
    gate.complete(new Outcome.Closed());
  }

  /** Else a few who send slowly, and need no token for it, could keep all others from buying. */
  @Test
  void purchases_whenTheirBodiesDoNotCome_takeNoShare() throws IOException {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < TestServer.SHARE; i++) {
      slow.add(open(whole("slow-" + i).replace(ONE, "{")));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(buy(flooded, "quick", "quick").statusCode()).isEqualTo(201);
    }
    for (Socket socket : slow) {
      socket.getOutputStream().write(ONE.substring(1).getBytes(US_ASCII));
      assertThat(socket.getInputStream().readNBytes(12)).asString(US_ASCII).endsWith(" 201");
      socket.close();
    }
    await().untilAsserted(() -> assertThat(taken()).isZero());
  }

  /** Else some who do not read could keep all others from buying. */
  @Test
  void purchase_whenItsAnswerIsNotRead_takesNoShare() throws IOException {
    byte[] request = whole("unread").getBytes(US_ASCII);
    try (SocketChannel channel = SocketChannel.open()) {
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      channel.configureBlocking(false);
      ByteBuffer next = ByteBuffer.wrap(request);
      await()
          .atMost(Duration.ofSeconds(30))
          .during(Duration.ofMillis(500))
          .until(() -> fill(channel, next) == 0);

      assertThat(taken()).isZero();
    }
  }

  /** Sends a request over and over, until no more gets out; returns how many bytes did. */
  private static long fill(SocketChannel channel, ByteBuffer request) throws IOException {
    long sent = 0;
    while (true) {
      int written = channel.write(request);
      if (written == 0) {
        return sent;
      }
      sent += written;
      if (!request.hasRemaining()) {
        request.rewind();
      }
    }
  }

  /** It waits for the database, which is in nobody's way. */
  @Test
  void purchases_whenTheirBuyersWaitForTheDatabase_takeNoShareMeanwhile() throws IOException {
    AtomicInteger inside = closeGate();
    for (int i = 1; i <= 3 * TestServer.SHARE; i++) {
      held.add(open(request(server.token("b" + i), "Idempotency-Key: k\r\nPrefer: wait\r\n")));
      await().untilAtomic(inside, is(i));
    }

    assertThat(taken()).isZero();
    letGo();
  }
}
