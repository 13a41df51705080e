package dev.stampede.grid;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
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
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.Outcome;
import dev.stampede.stock.RandomCommands;
import dev.stampede.stock.Refund;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardCounts;
import dev.stampede.stock.ShardFixture;
import dev.stampede.stock.ShardReport;
import dev.stampede.stock.ShardSnapshot;
import dev.stampede.stock.StockKey;
import dev.stampede.stock.StockShard;
import dev.stampede.stock.StockView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Everything that travels between nodes arrives as it was sent. */
class WireFormatTest {

  private static final Order ORDER =
      new Order(
          new OrderKey(-5, Long.MAX_VALUE),
          new BuyerId("ann"),
          2,
          OrderState.PAID,
          1_000,
          2_000,
          new PaymentId("pay-1"),
          77);

  private final InternalSerializationService service = service();

  @AfterEach
  void dispose() {
    service.dispose();
  }

  @Test
  void commands() {
    List<ShardCommand> commands =
        List.of(
            new ShardCommand.Reserve(ORDER.key(), ORDER.buyer(), 3),
            new ShardCommand.Pay(ORDER.key(), ORDER.payment()),
            new ShardCommand.Cancel(ORDER.key(), ORDER.buyer()),
            new ShardCommand.Expire(9),
            new ShardCommand.Restock("r", 5),
            new ShardCommand.Withdraw("w", 6),
            new ShardCommand.Freeze(true),
            new ShardCommand.Close(),
            new ShardCommand.Find(ORDER.key()),
            new ShardCommand.View(),
            new ShardCommand.Report());
    assertThat(commands.stream().map(ShardCommand::getClass).distinct())
        .as("every kind of command is here")
        .hasSize(ShardCommand.class.getPermittedSubclasses().length);

    assertThat(travel(new ExecuteCommands(commands, 3, 4, true)).commands()).isEqualTo(commands);
  }

  @Test
  void outcomes() {
    ShardCounts counts = new ShardCounts(10, 4, 3, 2, 1);
    List<Outcome> outcomes =
        List.of(
            new Outcome.Reserved(ORDER, true, false),
            new Outcome.Paid(ORDER, false, true),
            new Outcome.LateHonoured(ORDER, true),
            new Outcome.RefundDue(ORDER, Refund.Reason.SOLD_OUT, true, false),
            new Outcome.Cancelled(ORDER, true, true),
            new Outcome.NotCancellable(ORDER),
            new Outcome.Found(ORDER, true),
            new Outcome.SoldOut(1),
            new Outcome.LimitReached(2, 1),
            new Outcome.NotOpen(Instant.ofEpochMilli(5)),
            new Outcome.Closed(),
            new Outcome.Frozen(),
            new Outcome.KeyReused(),
            new Outcome.UnknownOrder(),
            new Outcome.Expired(3, true),
            new Outcome.Reported(
                new ShardReport(
                    counts, SalePhase.FROZEN, 1, 2, 3, ChainHash.GENESIS.next(new byte[1]), 4, 5)),
            new Outcome.NotEnough(7),
            new Outcome.Viewed(new StockView(1, SalePhase.OPEN, 2, 3)),
            new Outcome.Unanswered(Outcome.Why.BACKLOG_FULL));
    assertThat(outcomes.stream().map(Outcome::getClass).distinct())
        .as("every kind of outcome is here")
        .hasSize(
            Outcome.class.getPermittedSubclasses().length
                - 1
                + Outcome.OfPayment.class.getPermittedSubclasses().length);
    StockView view = new StockView(8, SalePhase.CLOSED, 9, 10);

    BatchResult arrived = travel(new BatchResult(6, 5, 4, view, outcomes));

    assertThat(arrived.outcomes()).isEqualTo(outcomes);
    assertThat(arrived.view()).isEqualTo(view);
    assertThat(arrived.epoch()).isEqualTo(6);
    assertThat(arrived.replicatedSeq()).isEqualTo(5);
    assertThat(arrived.storedSeq()).isEqualTo(4);
    assertThat(arrived.isLoaded()).isTrue();
  }

  @Test
  void shardWithHistory() {
    StockShard shard = ShardFixture.shard(20, Reduction.RESERVE);
    RandomCommands random = new RandomCommands(4);
    for (int i = 0; i < 40; i++) {
      shard.decide(random.batch(), random.now()).change().ifPresent(shard::apply);
    }
    shard.unstored().stored(5);

    ShardSnapshot arrived = travel(shard).snapshot();
    ShardSnapshot sent = shard.snapshot();

    assertThat(arrived.head()).isEqualTo(sent.head());
    assertThat(arrived.chain()).isEqualTo(sent.chain());
    assertThat(arrived.terms()).isEqualTo(sent.terms());
    assertThat(arrived.orders()).containsExactlyInAnyOrderElementsOf(sent.orders());
    assertThat(arrived.refunds()).containsExactlyInAnyOrderElementsOf(sent.refunds());
    assertThat(arrived.adjustments()).containsExactlyInAnyOrderElementsOf(sent.adjustments());
    assertThat(arrived.unstored()).isEqualTo(sent.unstored());
    assertThat(arrived.unstored()).allMatch(ShardChange::isGenuine);
    assertThat(arrived.storedSeq()).isEqualTo(5);
  }

  @Test
  void saleAndKeys() {
    Sale sale =
        new Sale(
            new SaleId("a-sale"),
            "Title",
            "Ünïcode 秒杀",
            199,
            "EUR",
            10,
            new SaleTerms(
                Instant.ofEpochMilli(1),
                Instant.ofEpochMilli(2),
                1,
                Reduction.AT_ORDER,
                Duration.ofSeconds(5),
                1));

    assertThat(travel(sale)).isEqualTo(sale);
    assertThat(travel(sale.id())).isEqualTo(sale.id());
    StockKey key = new StockKey(sale.id(), 3);
    assertThat(travel(key)).isEqualTo(key);
  }

  private <T> T travel(T message) {
    return service.toObject(service.toData(message));
  }

  private static InternalSerializationService service() {
    SerializationConfig config = new SerializationConfig();
    GridSerialization.configure(config);
    return new DefaultSerializationServiceBuilder().setConfig(config).build();
  }
}
