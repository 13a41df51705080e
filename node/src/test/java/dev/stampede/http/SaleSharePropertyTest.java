package dev.stampede.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stampede.order.BuyerId;
import dev.stampede.sale.Tier;
import dev.stampede.security.Identity;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.Stock;
import dev.stampede.stock.StockKey;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Purchases that end in every way there is, from several clients at once: none of them keeps what
 * it took of its sale's share, and never are there more of them than that.
 */
final class SaleSharePropertyTest extends ApiTest {

  private static final int CLIENTS = 24;
  private static final int VISITS = 40;

  /** How the stock answers. */
  private enum Answering {
    AT_ONCE,
    LATER,
    TIMED_OUT,
    UNAVAILABLE,
    FAILED_AT_ONCE,
    FAILED_LATER,
    THROWING
  }

  /** What is done to a request that is right otherwise. */
  private enum Spoiling {
    NOTHING,
    NO_TOKEN,
    BAD_TOKEN,
    EXPIRED_TOKEN,
    NO_KEY,
    OTHER_TYPE,
    BAD_BODY,
    WAITING
  }

  /** How it is sent. */
  private enum Sending {
    WHOLE,
    BODY_LATER,
    CUT_IN_HEAD,
    CUT_IN_BODY,
    CUT_BEFORE_ANSWER
  }

  private final AtomicInteger atWork = new AtomicInteger();
  private final AtomicInteger mostAtWork = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void purchases_howeverTheyEnd_giveBackWhatTheyTook(long seed) throws InterruptedException {
    List<String> sales = List.of(fresh("sale"), fresh("sale"));
    sales.forEach(id -> server.publish(id, 100_000));
    buy(sales.getLast(), "ann", "first"); // without a neighbour the first sale has no limit
    long refusedBefore = server.shares.refused();
    mostAtWork.set(0);
    Random random = new Random(seed);
    server.stock.set(new Moody(sales.getFirst(), new Random(random.nextLong())));

    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        Random mind = new Random(random.nextLong());
        clients.submit(() -> visits(sales, mind));
      }
      clients.shutdown();
      assertThat(clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    await()
        .untilAsserted(() ->
            assertThat(sales)
                .allSatisfy(id ->
                    assertThat(server.shares.of(id, Tier.STANDARD).taken())
                        .as("seed %s", seed)
                        .isZero()));
    assertThat(mostAtWork.get()).as("seed %s", seed).isBetween(2, TestServer.SHARE);
    assertThat(server.shares.refused()).as("seed %s", seed).isGreaterThan(refusedBefore);
  }

  private Void visits(List<String> sales, Random mind) throws IOException {
    for (int i = 0; i < VISITS; i++) {
      String sale = sales.get(mind.nextInt(10) / 9);
      visit(sale, pick(mind, Spoiling.values()), pick(mind, Sending.values()));
    }
    return null;
  }

  /** The first of them half of the time. */
  private static <T> T pick(RandomGenerator mind, T[] values) {
    return mind.nextBoolean() ? values[0] : values[mind.nextInt(values.length)];
  }

  private void visit(String sale, Spoiling spoiling, Sending sending) throws IOException {
    String body = spoiling == Spoiling.BAD_BODY ? "{\"quantity\":x}" : ONE;
    byte[] head = head(sale, spoiling, body.length()).getBytes(US_ASCII);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      switch (sending) {
        case WHOLE -> out.write((new String(head, US_ASCII) + body).getBytes(US_ASCII));
        case BODY_LATER -> {
          out.write(head);
          out.write(body.getBytes(US_ASCII));
        }
        case CUT_IN_HEAD -> out.write(head, 0, head.length / 2);
        case CUT_IN_BODY -> out.write((new String(head, US_ASCII) + "{").getBytes(US_ASCII));
        case CUT_BEFORE_ANSWER -> {
          out.write((new String(head, US_ASCII) + body).getBytes(US_ASCII));
          socket.setSoLinger(true, 0); // a reset, which the server meets when it answers
        }
      }
      if (sending == Sending.WHOLE || sending == Sending.BODY_LATER) {
        assertThat(socket.getInputStream().readAllBytes()).asString(US_ASCII).contains("HTTP/1.1 ");
      }
    } catch (SocketException _) {
      // Refused while it was sending.
    }
  }

  private String head(String sale, Spoiling spoiling, int length) {
    String token =
        switch (spoiling) {
          case NO_TOKEN -> "";
          case BAD_TOKEN -> "Authorization: Bearer " + server.token("ann") + "x\r\n";
          case EXPIRED_TOKEN ->
              "Authorization: Bearer "
                  + server.tokens.issue(
                      new Identity(new BuyerId("ann"), false), Duration.ofHours(-1))
                  + "\r\n";
          default -> "Authorization: Bearer " + server.token("ann") + "\r\n";
        };
    return "POST /api/sales/"
        + sale
        + "/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        + token
        + (spoiling == Spoiling.NO_KEY ? "" : "Idempotency-Key: k\r\n")
        + (spoiling == Spoiling.OTHER_TYPE ? "" : "Content-Type: application/json\r\n")
        + (spoiling == Spoiling.WAITING ? "Prefer: wait=1\r\n" : "")
        + "Content-Length: "
        + length
        + "\r\n\r\n";
  }

  /** Stock that answers in every way, and knows how many of one sale it is at work on. */
  private final class Moody implements Stock {

    private final String watched;
    private final Random random;

    Moody(String watched, Random random) {
      this.watched = watched;
      this.random = random;
    }

    @Override
    public CompletableFuture<Outcome> execute(StockKey key, ShardCommand command) {
      Answering answering;
      int pause;
      synchronized (random) {
        answering = pick(random, Answering.values());
        pause = random.nextInt(60);
      }
      boolean counts = key.sale().value().equals(watched) && answering != Answering.THROWING;
      if (counts) {
        mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
      }
      CompletableFuture<Outcome> told = new CompletableFuture<>();
      var _ =
          answer(answering, pause, key, command)
              .whenComplete((outcome, failure) -> {
                if (counts) {
                  atWork.decrementAndGet();
                }
                if (failure == null) {
                  told.complete(outcome);
                } else {
                  told.completeExceptionally(outage());
                }
              });
      return told;
    }

    @Override
    public CompletableFuture<Outcome> executeDurably(
        StockKey key, ShardCommand command, Duration most) {
      return later(5).thenCompose(_ -> server.memory.executeDurably(key, command, most));
    }

    private CompletableFuture<Outcome> answer(
        Answering answering, int pause, StockKey key, ShardCommand command) {
      return switch (answering) {
        case AT_ONCE -> server.memory.execute(key, command);
        case LATER -> later(pause).thenCompose(_ -> server.memory.execute(key, command));
        case TIMED_OUT -> later(pause).thenApply(_ -> unanswered(Outcome.Why.UNKNOWN));
        case UNAVAILABLE -> CompletableFuture.completedFuture(unanswered(Outcome.Why.UNAVAILABLE));
        case FAILED_AT_ONCE -> CompletableFuture.failedFuture(outage());
        case FAILED_LATER ->
            later(pause).thenCompose(_ -> CompletableFuture.failedFuture(outage()));
        case THROWING -> throw outage();
      };
    }
  }

  private static CompletableFuture<Void> later(int millis) {
    return CompletableFuture.runAsync(
        () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
  }

  /** One that is answered with 503. */
  private static IllegalStateException outage() {
    return new IllegalStateException(new ConnectException());
  }
}
