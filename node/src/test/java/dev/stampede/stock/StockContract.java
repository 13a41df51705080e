package dev.stampede.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stampede.order.BuyerId;
import dev.stampede.order.Order;
import dev.stampede.order.OrderKey;
import dev.stampede.order.OrderState;
import dev.stampede.order.PaymentId;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SalePhase;
import dev.stampede.sale.SaleTerms;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Stock} promises, wherever it keeps its shards. Uses the real clock, and a sale
 * of its own in each test, so that it can run on a grid that others use as well.
 */
public abstract class StockContract {

  protected static final BuyerId ANN = new BuyerId("ann");
  private static final BuyerId BOB = new BuyerId("bob");
  private static final PaymentId PAYMENT = new PaymentId("pay-1");
  private static final AtomicLong NUMBERS = new AtomicLong(new Random().nextLong() >>> 1);

  /** The stock to be tested. */
  protected abstract Stock stock();

  /** Makes a sale known to it. */
  protected abstract void publish(Sale sale);

  @Test
  void reserve_whenUnitsAreLeft_holdsThem() {
    StockKey key = openSale(5);

    Outcome.Reserved reserved = reserved(key, ANN, 2);

    assertThat(reserved.replayed()).isFalse();
    assertThat(reserved.order().state()).isEqualTo(OrderState.HELD);
    assertThat(reserved.order().heldUntil()).isEqualTo(reserved.order().createdAt() + 60_000);
    assertThat(counts(key)).isEqualTo(new ShardCounts(5, 3, 2, 0, 0));
  }

  @Test
  void reserve_whenRepeated_isTheSameOrder() {
    StockKey key = openSale(5);
    ShardCommand.Reserve reserve = new ShardCommand.Reserve(fresh(), ANN, 1);

    Outcome.Reserved first = (Outcome.Reserved) execute(key, reserve);
    Outcome.Reserved again = (Outcome.Reserved) execute(key, reserve);

    assertThat(again.replayed()).isTrue();
    assertThat(again.order()).isEqualTo(first.order());
    assertThat(counts(key).held()).isEqualTo(1);
  }

  @Test
  void reserve_whenKeyNamedAnotherRequest_isRefused() {
    StockKey key = openSale(5);
    OrderKey order = reserved(key, ANN, 1).order().key();

    assertThat(execute(key, new ShardCommand.Reserve(order, ANN, 2)))
        .isEqualTo(new Outcome.KeyReused());
    assertThat(execute(key, new ShardCommand.Reserve(order, BOB, 1)))
        .isEqualTo(new Outcome.KeyReused());
  }

  @Test
  void reserve_whenOverTheLimit_isRefused() {
    StockKey key = openSale(5);
    reserved(key, ANN, 1);

    assertThat(reserve(key, ANN, 2)).isEqualTo(new Outcome.LimitReached(2, 1));
  }

  @Test
  void reserve_whenTooFewAreLeft_isSoldOut() {
    StockKey key = openSale(1);

    assertThat(reserve(key, ANN, 2)).isEqualTo(new Outcome.SoldOut(1));
    assertThat(reserve(key, ANN, 1)).isInstanceOf(Outcome.Reserved.class);
    assertThat(reserve(key, BOB, 1)).isEqualTo(new Outcome.SoldOut(0));
  }

  @Test
  void reserve_whenNotOpenYet_saysWhen() {
    Instant opens = now().plus(Duration.ofHours(1));
    StockKey key = sale(5, Reduction.RESERVE, opens, Duration.ofSeconds(60));

    assertThat(reserve(key, ANN, 1)).isEqualTo(new Outcome.NotOpen(opens));
  }

  @Test
  void reserve_whenShardIsUnknown_isNotAnswered() {
    StockKey unknown = new StockKey(new SaleId("unknown-" + NUMBERS.incrementAndGet()), 0);

    assertThat(reserve(unknown, ANN, 1))
        .isEqualTo(new Outcome.Unanswered(Outcome.Why.NO_SUCH_SHARD));
  }

  @Test
  void reserve_whenManyWantTheLastUnits_sellsEachOnce() {
    StockKey key = openSale(50);

    List<CompletableFuture<Outcome>> answers =
        IntStream.range(0, 400)
            .parallel()
            .mapToObj(i ->
                stock()
                    .execute(key, new ShardCommand.Reserve(fresh(), new BuyerId("buyer-" + i), 1)))
            .toList();

    assertThat(answers.stream().map(StockContract::get))
        .allMatch(it -> it instanceof Outcome.Reserved || it.equals(new Outcome.SoldOut(0)))
        .filteredOn(Outcome.Reserved.class::isInstance)
        .hasSize(50);
    assertThat(counts(key)).isEqualTo(new ShardCounts(50, 0, 50, 0, 0));
  }

  @Test
  void pay_whenHeld_sellsTheUnits() {
    StockKey key = openSale(5);
    OrderKey order = reserved(key, ANN, 2).order().key();

    Outcome.Paid paid = (Outcome.Paid) execute(key, new ShardCommand.Pay(order, PAYMENT));

    assertThat(paid.durable()).as("a payment is told once it is durable").isTrue();

    assertThat(paid.order().state()).isEqualTo(OrderState.PAID);
    assertThat(counts(key)).isEqualTo(new ShardCounts(5, 3, 0, 2, 0));
    assertThat(execute(key, new ShardCommand.Pay(order, PAYMENT)))
        .isInstanceOfSatisfying(Outcome.Paid.class, it -> assertThat(it.replayed()).isTrue());
    assertThat(execute(key, new ShardCommand.Pay(order, new PaymentId("pay-2"))))
        .isInstanceOfSatisfying(
            Outcome.RefundDue.class,
            it -> assertThat(it.reason()).isEqualTo(Refund.Reason.PAID_ALREADY));
  }

  @Test
  void pay_whenOrderIsUnknown_isRefused() {
    assertThat(execute(openSale(5), new ShardCommand.Pay(fresh(), PAYMENT)))
        .isEqualTo(new Outcome.UnknownOrder());
  }

  @Test
  void hold_whenItsTimeIsOver_endsAndALatePaymentIsHonouredWhileUnitsAreLeft() {
    StockKey key = sale(1, Reduction.RESERVE, now().minusSeconds(60), Duration.ofSeconds(1));
    OrderKey order = reserved(key, ANN, 1).order().key();

    await().atMost(10, TimeUnit.SECONDS).until(() -> isExpired(key, order));

    assertThat(counts(key).available()).isEqualTo(1);
    assertThat(execute(key, new ShardCommand.Pay(order, PAYMENT)))
        .isInstanceOf(Outcome.LateHonoured.class);
    assertThat(counts(key)).isEqualTo(new ShardCounts(1, 0, 0, 1, 0));
  }

  /** Asks for expiry itself: a stock may leave it to somebody else, or do it on its own. */
  private boolean isExpired(StockKey key, OrderKey order) {
    execute(key, new ShardCommand.Expire(10));
    return execute(key, new ShardCommand.Find(order)) instanceof Outcome.Found found
        && found.order().state() == OrderState.EXPIRED;
  }

  @Test
  void pay_whenReducedAtPaymentAndNothingIsLeft_goesBack() {
    StockKey key = sale(1, Reduction.AT_PAYMENT, now().minusSeconds(60), Duration.ofSeconds(60));
    OrderKey first = reserved(key, ANN, 1).order().key();
    OrderKey second = reserved(key, BOB, 1).order().key();

    assertThat(execute(key, new ShardCommand.Pay(second, PAYMENT)))
        .isInstanceOf(Outcome.Paid.class);
    assertThat(execute(key, new ShardCommand.Pay(first, PAYMENT)))
        .isInstanceOfSatisfying(
            Outcome.RefundDue.class,
            it -> assertThat(it.reason()).isEqualTo(Refund.Reason.SOLD_OUT));
  }

  @Test
  void cancel_whenHeld_givesTheUnitsBackOnce() {
    StockKey key = openSale(5);
    OrderKey order = reserved(key, ANN, 2).order().key();

    assertThat(execute(key, new ShardCommand.Cancel(order, BOB)))
        .isEqualTo(new Outcome.UnknownOrder());
    assertThat(execute(key, new ShardCommand.Cancel(order, ANN)))
        .isInstanceOfSatisfying(Outcome.Cancelled.class, it -> assertThat(it.replayed()).isFalse());
    assertThat(execute(key, new ShardCommand.Cancel(order, ANN)))
        .isInstanceOfSatisfying(Outcome.Cancelled.class, it -> assertThat(it.replayed()).isTrue());
    assertThat(counts(key)).isEqualTo(ShardCounts.issued(5));
  }

  @Test
  void find_whenDone_becomesDurable() {
    StockKey key = openSale(5);
    Order order = reserved(key, ANN, 1).order();

    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(
            () -> execute(key, new ShardCommand.Find(order.key())),
            new Outcome.Found(order, true)::equals);
    assertThat(execute(key, new ShardCommand.Find(fresh()))).isEqualTo(new Outcome.UnknownOrder());
  }

  @Test
  void view_always_isThePublicPicture() {
    StockKey key = openSale(5);
    reserved(key, ANN, 1);

    StockView view = ((Outcome.Viewed) execute(key, new ShardCommand.View())).view();

    assertThat(view.available()).isEqualTo(4);
    assertThat(view.phase()).isEqualTo(SalePhase.OPEN);
    assertThat(view.seq()).isEqualTo(1);
  }

  @Test
  void adjustments_whenRepeated_areDoneOnce() {
    StockKey key = openSale(5);

    for (int i = 0; i < 2; i++) {
      execute(key, new ShardCommand.Restock("r", 3));
      execute(key, new ShardCommand.Withdraw("w", 2));
    }

    assertThat(counts(key)).isEqualTo(new ShardCounts(8, 6, 0, 0, 2));
    assertThat(execute(key, new ShardCommand.Restock("r", 4))).isEqualTo(new Outcome.KeyReused());
    assertThat(execute(key, new ShardCommand.Withdraw("v", 7))).isEqualTo(new Outcome.NotEnough(6));
  }

  @Test
  void switches_whenThrown_stopAndEndTheSale() {
    StockKey key = openSale(5);

    execute(key, new ShardCommand.Freeze(true));
    assertThat(reserve(key, ANN, 1)).isEqualTo(new Outcome.Frozen());
    execute(key, new ShardCommand.Freeze(false));
    assertThat(reserve(key, ANN, 1)).isInstanceOf(Outcome.Reserved.class);
    execute(key, new ShardCommand.Close());
    assertThat(reserve(key, ANN, 1)).isEqualTo(new Outcome.Closed());
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  protected StockKey openSale(long units) {
    return sale(units, Reduction.RESERVE, now().minusSeconds(60), Duration.ofSeconds(60));
  }

  private StockKey sale(long units, Reduction reduction, Instant opens, Duration hold) {
    SaleId id = new SaleId("contract-" + NUMBERS.incrementAndGet());
    SaleTerms terms = new SaleTerms(opens, opens.plus(Duration.ofHours(2)), 2, reduction, hold, 1);
    publish(new Sale(id, "Contract", "", 100, "EUR", units, terms));
    return new StockKey(id, 0);
  }

  protected static OrderKey fresh() {
    return new OrderKey(NUMBERS.incrementAndGet(), 1);
  }

  private Outcome execute(StockKey key, ShardCommand command) {
    return get(stock().execute(key, command));
  }

  private static Outcome get(CompletableFuture<Outcome> answer) {
    return answer.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private Outcome reserve(StockKey key, BuyerId buyer, int quantity) {
    return execute(key, new ShardCommand.Reserve(fresh(), buyer, quantity));
  }

  private Outcome.Reserved reserved(StockKey key, BuyerId buyer, int quantity) {
    return (Outcome.Reserved) reserve(key, buyer, quantity);
  }

  private ShardCounts counts(StockKey key) {
    ShardCounts counts =
        ((Outcome.Reported) execute(key, new ShardCommand.Report())).report().counts();
    assertThat(counts.balanced()).isTrue();
    return counts;
  }
}
