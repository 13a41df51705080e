package dev.stampede.persistence;

import static dev.stampede.persistence.TestShard.pay;
import static dev.stampede.persistence.TestShard.reserve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.order.OrderId;
import dev.stampede.order.OrderState;
import dev.stampede.persistence.OrderTable.Query;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.SaleId;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardCounts;
import dev.stampede.stock.StoredShard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OrderTableIT {

  private final OrderTable table = new OrderTable(TestTables.shared());
  private TestShard node;

  @BeforeEach
  void storeTwentyOrders() {
    node = TestShard.publish(Reduction.RESERVE, 100);
    List<ShardCommand> commands =
        IntStream.range(0, 20).<ShardCommand>mapToObj(TestShard::reserve).toList();
    new ShardTable(TestTables.shared())
        .store(
            node.key, node.epochs(), List.of(node.run(TestShard.NOON, commands), node.run(pay(3))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 20, 1_000})
  void page_followedToTheEnd_tellsEachOrderOnce(int limit) {
    List<StoredOrder> all = new ArrayList<>();
    Optional<String> after = Optional.empty();
    List<StoredOrder> page = page(limit, after);
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(limit);
      all.addAll(page);
      page = page(limit, Optional.of(page.getLast().id().toString()));
    }

    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(
            node.shard().snapshot().orders().stream()
                .map(o -> new StoredOrder(node.key.orderId(o.key()), o.buyer(), 1, o.state()))
                .toList());
    assertThat(all).filteredOn(o -> o.state() == OrderState.PAID).hasSize(1);
  }

  @Test
  void page_whenOrdersComeInBetween_tellsTheOldOnesStillOnce() {
    List<StoredOrder> all = new ArrayList<>(page(10, Optional.empty()));
    List<StoredOrder> before = page(100, Optional.empty());
    new ShardTable(TestTables.shared())
        .store(node.key, node.epochs(), List.of(node.run(reserve(20), reserve(21), reserve(22))));
    all.addAll(page(100, Optional.of(all.getLast().id().toString())));

    assertThat(all).doesNotHaveDuplicates().containsAll(before);
  }

  @Test
  void page_always_hasTheShardsOfItsInstant() {
    StoredPage page = table.page(node.sale.id(), all(3, Optional.empty()));

    assertThat(page.shards())
        .containsExactly(
            new StoredShard(node.key, 2, node.shard().chain(), new ShardCounts(100, 80, 19, 1, 0)));
  }

  @Test
  void page_sinceAChange_hasWhatLaterOnesTouched() {
    new ShardTable(TestTables.shared())
        .store(node.key, node.epochs(), List.of(node.run(pay(5)), node.run(reserve(20), pay(6))));

    List<StoredOrder> changed = page(new Query(OptionalInt.of(0), 2, 10, Optional.empty()));

    assertThat(changed)
        .extracting(order -> order.id().key())
        .containsExactlyInAnyOrder(TestShard.key(5), TestShard.key(6), TestShard.key(20));
    assertThat(page(new Query(OptionalInt.of(0), 4, 10, Optional.empty()))).isEmpty();
    assertThat(page(new Query(OptionalInt.of(1), 0, 10, Optional.empty()))).isEmpty();
  }

  /** Pages and what changed since, laid over each other, are what the shard has at that change. */
  @Test
  void page_whileOrdersAreWritten_leadsToOneInstant() {
    TestShard busy = TestShard.publish(Reduction.RESERVE, 10_000);
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(() -> {
          for (int batch = 0; batch < 60; batch++) {
            new ShardTable(TestTables.shared())
                .store(
                    busy.key,
                    busy.epochs(),
                    List.of(
                        busy.run(reserve(3 * batch), reserve(3 * batch + 1)),
                        busy.run(pay(3 * batch))));
          }
        });

    do {
      Map<OrderId, OrderState> seen = new HashMap<>();
      StoredPage page = table.page(busy.sale.id(), all(10, Optional.empty()));
      StoredShard at = page.shards().getFirst();
      while (!page.orders().isEmpty()) {
        page.orders().forEach(order -> seen.put(order.id(), order.state()));
        String last = page.orders().getLast().id().toString();
        page = table.page(busy.sale.id(), all(10, Optional.of(last)));
      }
      page =
          table.page(
              busy.sale.id(), new Query(OptionalInt.of(0), at.seq(), 10_000, Optional.empty()));
      page.orders().forEach(order -> seen.put(order.id(), order.state()));

      ShardCounts counts = page.shards().getFirst().counts();
      assertThat(seen.values().stream().filter(OrderState.HELD::equals))
          .hasSize((int) counts.held());
      assertThat(seen.values().stream().filter(OrderState.PAID::equals))
          .hasSize((int) counts.sold());
    } while (!writer.isDone());
    writer.join();
  }

  private List<StoredOrder> page(int limit, Optional<String> after) {
    return page(all(limit, after));
  }

  private List<StoredOrder> page(Query query) {
    return table.page(node.sale.id(), query).orders();
  }

  private static Query all(int limit, Optional<String> after) {
    return new Query(OptionalInt.empty(), 0, limit, after);
  }

  @Test
  void page_ofAnUnknownSale_isEmpty() {
    assertThat(table.page(new SaleId("nobody"), all(10, Optional.empty())).orders()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "other.0.00000000000000000000000000000000"})
  void page_afterWhatIsNoOrderOfTheSale_isRefused(String after) {
    assertThatThrownBy(() -> page(10, Optional.of(after)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
