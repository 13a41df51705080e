package dev.stampede.persistence;

import static dev.stampede.persistence.TestShard.pay;
import static dev.stampede.persistence.TestShard.reserve;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.sale.Reduction;
import dev.stampede.stock.AuditedShard;
import dev.stampede.stock.ShardCounts;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AuditTableIT {

  private final ShardTable shards = new ShardTable(TestTables.shared());
  private final AuditTable audit = new AuditTable(TestTables.shared());

  private AuditedShard audited(TestShard node) {
    return audit.shards(List.of(node.sale.id())).stream()
        .filter(s -> s.key().equals(node.key))
        .findAny()
        .orElseThrow();
  }

  @Test
  void shards_beforeTheFirstOrder_haveAllUnitsAvailable() {
    TestShard node = TestShard.publish(Reduction.RESERVE, 9);

    AuditedShard shard = audited(node);

    assertThat(shard.seq()).isZero();
    assertThat(shard.counts()).isEqualTo(ShardCounts.issued(9));
    assertThat(shard.heldByOrders()).isZero();
    assertThat(shard.soldByOrders()).isZero();
    assertThat(shard.buyersOverLimit()).isZero();
  }

  @Test
  void shards_always_sumUpTheOrdersByState() {
    TestShard node = TestShard.publish(Reduction.RESERVE, 9);
    shards.store(
        node.key, node.epochs(), List.of(node.run(reserve(1), reserve(2), reserve(3), pay(1))));

    AuditedShard shard = audited(node);

    assertThat(shard.heldByOrders()).isEqualTo(2);
    assertThat(shard.soldByOrders()).isEqualTo(1);
  }

  @Test
  void shards_whereSumsAndRowDiffer_tellBoth() throws Exception {
    TestShard node = TestShard.publish(Reduction.AT_ORDER, 9);
    shards.store(node.key, node.epochs(), node.orders(1, 3));
    hurt("DELETE FROM orders WHERE sale = '%s' LIMIT 1".formatted(node.sale.id()));

    AuditedShard shard = audited(node);

    assertThat(shard.counts().sold()).isEqualTo(3);
    assertThat(shard.soldByOrders()).isEqualTo(2);
  }

  @Test
  void shards_whereABuyerHasMoreThanTheLimit_countTheBuyer() throws Exception {
    TestShard node = TestShard.publish(Reduction.AT_PAYMENT, 9);
    shards.store(node.key, node.epochs(), node.orders(1, 8));
    hurt(
        "UPDATE orders SET buyer = 'greedy' WHERE sale = '%s' LIMIT 4"
            .formatted(node.sale.id())); // one above the limit of 3

    assertThat(audited(node).buyersOverLimit()).isEqualTo(1);
  }

  @Test
  void shards_ofAllSales_haveWhatEachSaleHasByItself() {
    TestShard one = TestShard.publish(Reduction.AT_ORDER, 9);
    TestShard other = TestShard.publish(Reduction.RESERVE, 9);
    shards.store(one.key, one.epochs(), one.orders(1, 3));
    shards.store(other.key, other.epochs(), other.orders(1, 2));

    assertThat(audit.shards(List.of())).contains(audited(one), audited(other));
    assertThat(audit.keys()).contains(one.key, other.key);
  }

  @Test
  void shards_whileOrdersAreWritten_areOfOneInstant() {
    TestShard node = TestShard.publish(Reduction.AT_ORDER, 1_000);
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(() -> {
          for (int batch = 0; batch < 100; batch++) {
            shards.store(node.key, node.epochs(), node.orders(batch * 4, batch * 4 + 3));
          }
        });

    do {
      AuditedShard shard = audited(node);
      assertThat(shard.counts().sold()).isEqualTo(shard.seq());
      assertThat(shard.soldByOrders()).isEqualTo(shard.seq());
    } while (!writer.isDone());
    writer.join();
    assertThat(audited(node).seq()).isEqualTo(400);
  }

  /** A caller gives up on a silent database in the end: rows have to keep coming. */
  @Test
  void shards_ofManyOrders_neverWaitLongForTheDatabase() throws Exception {
    int orders = 400_000;
    int silenceMillis = 1_000;
    TestShard ended = TestShard.publish(Reduction.AT_ORDER, orders);
    hurt(
        "INSERT INTO orders SELECT '%s', 0, UNHEX(MD5(seq)), CONCAT('buyer-', seq DIV 4), 1, 'PLACED', 1, 0, '', 1 FROM seq_1_to_%d"
            .formatted(ended.sale.id(), orders));

    List<AuditedShard> shards =
        new AuditTable(TestTables.shared(), silenceMillis).shards(List.of(ended.sale.id()));

    assertThat(shards).singleElement().returns((long) orders, AuditedShard::soldByOrders);
    assertThat(shards.getFirst().buyersOverLimit()).isEqualTo(orders / 4 - 1);
  }

  private static void hurt(String sql) throws SQLException {
    try (Connection connection = TestTables.connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
