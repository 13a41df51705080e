package dev.stampede.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.order.BuyerId;
import dev.stampede.sale.Reduction;
import dev.stampede.stock.AuditedShard;
import dev.stampede.stock.ShardCommand;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What identity providers call people, as the tables keep and compare it. */
final class BuyerSubjectsIT {

  private static final List<String> SUBJECTS =
      List.of(
          "ann",
          "Ann",
          "ann ",
          " ann",
          "ann  ",
          "\u00e4nn",
          "a\u0308nn",
          "anne\u0301",
          "stra\u00dfe",
          "strasse",
          "auth0|5f7c8ec7c33c6c004bbafe82",
          "google-oauth2|117032346134512345678",
          "dGhpcyBpcyBiYXNlNjQ=",
          "ann+shop@example.org",
          "O'Hara\\%_\"",
          "x".repeat(255),
          "x".repeat(254) + "X",
          "\ud83d\ude00".repeat(255),
          "\ud83d\ude00".repeat(254) + "\ud83d\ude01");

  /** As many as the limit, for each. */
  private static List<ShardCommand> purchases() {
    return IntStream.range(0, SUBJECTS.size() * 3)
        .<ShardCommand>mapToObj(number ->
            new ShardCommand.Reserve(
                TestShard.key(number), BuyerId.of(SUBJECTS.get(number / 3)), 1))
        .toList();
  }

  @Test
  void orders_whenSubjectsDifferInAnything_areOfSeveralBuyers() {
    TestShard node = TestShard.publish(Reduction.RESERVE, 1_000);
    new ShardTable(TestTables.shared())
        .store(node.key, node.epochs(), List.of(node.run(TestShard.NOON, purchases())));
    List<String> stored =
        new OrderTable(TestTables.shared())
                .page(
                    node.sale.id(),
                    new OrderTable.Query(OptionalInt.empty(), 0, 1_000, Optional.empty()))
                .orders()
                .stream()
                .map(order -> order.buyer().value())
                .toList();
    AuditedShard audited =
        new AuditTable(TestTables.shared())
            .shards(List.of(node.sale.id())).stream()
                .filter(shard -> shard.key().equals(node.key))
                .findAny()
                .orElseThrow();

    assertThat(stored).hasSize(SUBJECTS.size() * 3);
    assertThat(stored.stream().distinct()).containsExactlyInAnyOrderElementsOf(SUBJECTS);
    assertThat(audited.buyersOverLimit()).isZero();
  }

  @Test
  void shard_whenLoadedAgain_hasTheSameBuyers() {
    TestShard node = TestShard.publish(Reduction.RESERVE, 1_000);
    new ShardTable(TestTables.shared())
        .store(node.key, node.epochs(), List.of(node.run(TestShard.NOON, purchases())));
    List<?> orders = List.copyOf(node.shard().snapshot().orders());

    node.loadAgain();

    assertThat(node.shard().snapshot().orders())
        .usingRecursiveFieldByFieldElementComparator()
        .hasSameSizeAs(orders)
        .allMatch(orders::contains);
  }
}
