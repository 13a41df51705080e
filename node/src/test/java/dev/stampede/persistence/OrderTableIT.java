package dev.stampede.persistence;

import static dev.stampede.persistence.TestShard.pay;
import static dev.stampede.persistence.TestShard.reserve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.order.OrderState;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.SaleId;
import dev.stampede.stock.ShardCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            node.key, node.epoch(), List.of(node.run(TestShard.NOON, commands), node.run(pay(3))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 20, 1_000})
  void page_followedToTheEnd_tellsEachOrderOnce(int limit) {
    List<StoredOrder> all = new ArrayList<>();
    Optional<String> after = Optional.empty();
    List<StoredOrder> page = table.page(node.sale.id(), limit, after);
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(limit);
      all.addAll(page);
      page = table.page(node.sale.id(), limit, Optional.of(page.getLast().id().toString()));
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
    List<StoredOrder> all = new ArrayList<>(table.page(node.sale.id(), 10, Optional.empty()));
    List<StoredOrder> before = table.page(node.sale.id(), 100, Optional.empty());
    new ShardTable(TestTables.shared())
        .store(node.key, node.epoch(), List.of(node.run(reserve(20), reserve(21), reserve(22))));
    all.addAll(table.page(node.sale.id(), 100, Optional.of(all.getLast().id().toString())));

    assertThat(all).doesNotHaveDuplicates().containsAll(before);
  }

  @Test
  void page_ofAnUnknownSale_isEmpty() {
    assertThat(table.page(new SaleId("nobody"), 10, Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "other.0.00000000000000000000000000000000"})
  void page_afterWhatIsNoOrderOfTheSale_isRefused(String after) {
    assertThatThrownBy(() -> table.page(node.sale.id(), 10, Optional.of(after)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
