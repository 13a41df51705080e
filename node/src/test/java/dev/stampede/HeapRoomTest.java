package dev.stampede;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import dev.stampede.stock.InMemoryStock;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.StockKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Room for 1,500 orders, and a sale of 1,000 units. */
final class HeapRoomTest {

  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(10), ZoneOffset.UTC);
  private static final Sale SALE = sale(Instant.ofEpochSecond(11));

  private final HeapPlan plan = new HeapPlan(1_500L * HeapPlan.BYTES_PER_ORDER, 100, 1, 1);
  private final InMemoryStock stock = new InMemoryStock(CLOCK::millis);
  private final HeapRoom room = new HeapRoom(plan, () -> List.of(SALE), stock, CLOCK);

  private static Sale sale(Instant closesAt) {
    SaleTerms terms =
        new SaleTerms(Instant.EPOCH, closesAt, 1, Reduction.RESERVE, Duration.ofSeconds(1), 1);
    return new Sale(new SaleId("sale"), "A sale", "", 1, "EUR", 1_000, terms);
  }

  private void execute(ShardCommand command) {
    Outcome outcome = stock.execute(new StockKey(SALE.id(), 0), command).join();
    assertThat(outcome)
        .isInstanceOfAny(Outcome.Reported.class, Outcome.Reserved.class, Outcome.Cancelled.class);
  }

  @Test
  void refusal_whenAllFits_isEmpty() {
    stock.publish(SALE);

    assertThat(room.refusal(500)).isEmpty();
    assertThat(room.refusal(501)).isPresent();
  }

  @Test
  void refusal_afterARestock_countsItsUnits() {
    stock.publish(SALE);
    execute(new ShardCommand.Restock("more", 400));

    assertThat(room.refusal(101))
        .hasValueSatisfying(why -> assertThat(why).startsWith("101 units, and 1400 orders that "));
    assertThat(room.refusal(100)).isEmpty();
  }

  @Test
  void refusal_afterAWithdrawal_countsWhatIsLeft() {
    stock.publish(SALE);
    execute(new ShardCommand.Withdraw("less", 400));

    assertThat(room.refusal(900)).isEmpty();
  }

  @Test
  void refusal_whenOrdersHaveEnded_countsThemToo() {
    stock.publish(SALE);
    for (int i = 0; i < 200; i++) {
      OrderKey key = new OrderKey(0, i);
      BuyerId buyer = new BuyerId("buyer-" + i);
      execute(new ShardCommand.Reserve(key, buyer, 1));
      execute(new ShardCommand.Cancel(key, buyer));
    }

    assertThat(room.refusal(301)).isPresent();
    assertThat(room.refusal(300)).isEmpty();
  }

  @Test
  void refusal_soonAfterAnother_countsWhatThatOneAcceptedWithoutAsking() {
    AtomicInteger asked = new AtomicInteger();
    HeapRoom counted =
        new HeapRoom(
            plan,
            () -> {
              asked.incrementAndGet();
              return List.of();
            },
            stock,
            CLOCK);

    assertThat(counted.refusal(1_000)).isEmpty();
    assertThat(counted.refusal(501)).isPresent();
    assertThat(counted.refusal(500)).isEmpty();
    assertThat(counted.refusal(1)).isPresent();
    assertThat(asked).hasValue(1);
  }

  @Test
  void refusal_whenTheOtherSaleIsOver_doesNotCountIt() {
    Sale over = sale(CLOCK.instant());

    assertThat(new HeapRoom(plan, () -> List.of(over), stock, CLOCK).refusal(1_500)).isEmpty();
  }

  @Test
  void refusal_whenAShardDoesNotAnswer_countsWhatWasPublished() {
    assertThat(room.refusal(501)).isPresent();
    assertThat(room.refusal(500)).isEmpty();
    HeapRoom slow =
        new HeapRoom(plan, () -> List.of(SALE), (_, _) -> new CompletableFuture<>(), CLOCK);
    assertThat(slow.refusal(501)).isPresent();
  }
}
