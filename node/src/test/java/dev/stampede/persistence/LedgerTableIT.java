package dev.stampede.persistence;

import static dev.stampede.persistence.TestShard.reserve;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.sale.Reduction;
import dev.stampede.stock.ChainHash;
import dev.stampede.stock.ChainMark;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A random history is replayed from the database; then somebody writes into it past the grid. */
final class LedgerTableIT {

  private static final int BATCHES = 60;

  private final ShardTable shards = new ShardTable(TestTables.shared());
  private final LedgerTable table = new LedgerTable(TestTables.shared());
  private TestShard node;

  @BeforeEach
  void play() {
    play(1, Reduction.RESERVE);
  }

  /** Some batches, in between loaded by another owner. */
  private void play(int seed, Reduction reduction) {
    node = TestShard.publish(reduction, 25);
    Random random = new Random(seed);
    RandomHistory history = new RandomHistory(random);
    for (int part = 0; part < 3; part++) {
      List<ShardChange> changes = new ArrayList<>();
      for (int batch = 0; batch < BATCHES; batch++) {
        node.shard()
            .decide(history.nextBatch(), history.nextTime(), ShardFixture.BOUNDS)
            .change()
            .ifPresent(change -> {
              node.shard().apply(change);
              changes.add(change);
            });
      }
      shards.store(node.key, node.epochs(), changes);
      node.loadAgain();
    }
  }

  private LedgerVerdict replay() {
    return table.replay(node.key, Optional.empty(), _ -> {});
  }

  @ParameterizedTest
  @EnumSource(Reduction.class)
  void replay_ofARandomHistory_leadsToWhatTheTablesHave(Reduction reduction) {
    for (int seed = 1; seed <= 5; seed++) {
      play(seed, reduction);

      LedgerVerdict verdict = replay();

      assertThat(verdict.fault()).as("seed %d", seed).isEmpty();
      assertThat(verdict.changes()).isEqualTo(node.shard().head().seq());
      assertThat(verdict.orders()).isEqualTo(node.shard().snapshot().orders().size());
    }
  }

  @Test
  void replay_ofMoreThanAPage_goesOnAndTellsHowFarItIs() {
    TestShard large = TestShard.publish(Reduction.AT_ORDER, 1_000);
    int changes = 2 * LedgerCheck.PAGE + 1;
    shards.store(large.key, large.epochs(), large.orders(1, changes));
    List<Long> told = new ArrayList<>();

    LedgerVerdict verdict = table.replay(large.key, Optional.empty(), told::add);

    assertThat(verdict.fault()).isEmpty();
    assertThat(verdict.changes()).isEqualTo(changes);
    assertThat(told)
        .containsExactly((long) LedgerCheck.PAGE, 2L * LedgerCheck.PAGE, (long) changes);
  }

  @Test
  void replay_ofAShardThatNeverSold_findsNothing() {
    node = TestShard.publish(Reduction.RESERVE, 9);

    assertThat(replay()).isEqualTo(new LedgerVerdict(node.key, 0, 0, 0, Optional.empty()));
  }

  @Test
  void replay_whenTheGridHasAnotherHistory_namesTheChange() {
    ChainMark other = new ChainMark(5, ChainHash.GENESIS);

    assertThat(table.replay(node.key, Optional.of(other), _ -> {}).fault())
        .hasValueSatisfying(fault -> assertThat(fault.seq()).isEqualTo(5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE ledger SET body = INSERT(body, 60, 1, CHAR(ASCII(SUBSTR(body, 60, 1)) ^ 1)) WHERE seq = 7 | 7 | the hash is not
          UPDATE ledger SET chain = REPEAT('x', 32) WHERE seq = 7      | 7   | the hash is not
          UPDATE ledger SET at = at + 1 WHERE seq = 7                  | 7   | the row has epoch
          UPDATE ledger SET seq = 1000 WHERE seq = 7                   | 7   | is missing
          DELETE FROM ledger WHERE seq = 7                             | 7   | is missing
          DELETE FROM ledger WHERE seq = 1                             | 1   | is missing
          DELETE FROM ledger WHERE seq = {last}                        | {last} | is missing
          UPDATE shards SET available = available + 1, sold = sold - 1 WHERE 1 | {last} | the shard's row has
          UPDATE shards SET frozen = 1 - frozen WHERE 1                | {last} | the shard's row has
          UPDATE shards SET chain = REPEAT('x', 32) WHERE 1            | {last} | the shard's row has the hash
          UPDATE shards SET seq = seq - 1 WHERE 1                      | {last} | does not know of it
          DELETE FROM shards WHERE 1                                   | 0   | the shard's row is missing
          UPDATE orders SET state = 'EXPIRED' WHERE state = 'PAID'     | any | the table has
          UPDATE orders SET buyer = 'mallory' WHERE 1                  | any | the table has
          UPDATE IGNORE orders SET state = 'LENT' WHERE 1              | {last} | makes no sense
          UPDATE orders SET seq = seq + 1 WHERE 1                      | any | the table has
          DELETE FROM orders WHERE state = 'PAID'                      | any | the table has no order
          UPDATE refunds SET payment = 'mine' WHERE 1                  | any | what the ledger has not
          UPDATE refunds SET seq = seq + 1 WHERE 1                     | any | the table has it at
          DELETE FROM refunds WHERE 1                                  | any | the table has no Refund
          UPDATE adjustments SET quantity = quantity + 1 WHERE 1       | any | what the ledger has not
          DELETE FROM adjustments WHERE 1                              | any | the table has no Adjustment
          """)
  void replay_whenOneRowWasTamperedWith_namesIt(String sql, String seq, String what)
      throws SQLException {
    String last = String.valueOf(node.shard().head().seq());

    hurt(sql.replace("{last}", last));

    assertThat(replay().fault())
        .hasValueSatisfying(fault -> {
          assertThat(fault.key()).isEqualTo(node.key);
          assertThat(fault.what()).contains(what);
          if (!seq.equals("any")) {
            assertThat(fault.seq()).hasToString(seq.replace("{last}", last));
          }
        });
  }

  /** One row, of this shard. */
  private void hurt(String sql) throws SQLException {
    try (Connection connection = TestTables.connect();
        Statement statement = connection.createStatement()) {
      String one = " AND sale = '%s' LIMIT 1".formatted(node.sale.id());
      assertThat(statement.executeUpdate(sql + one)).isEqualTo(1);
    }
  }

  @Test
  void shards_whenTheRowIsGoneButItsOrdersAreNot_stillNameTheShard() throws SQLException {
    hurt("DELETE FROM shards WHERE 1");

    assertThat(table.shards()).contains(node.key);
  }

  @Test
  void replay_whileOrdersAreWritten_seesOneInstant() {
    TestShard busy = TestShard.publish(Reduction.AT_ORDER, 1_000);
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(() -> {
          for (int batch = 0; batch < 200; batch++) {
            shards.store(busy.key, busy.epochs(), busy.orders(batch * 4, batch * 4 + 3));
          }
        });

    do {
      assertThat(table.replay(busy.key, Optional.empty(), _ -> {}).fault()).isEmpty();
    } while (!writer.isDone());
    writer.join();
  }

  @Test
  void change_whenStored_isAnsweredAsItWasMade() {
    TestShard fresh = TestShard.publish(Reduction.AT_ORDER, 9);
    List<ShardChange> changes = fresh.orders(1, 2);
    ShardChange notYet = fresh.run(reserve(3));
    shards.store(fresh.key, fresh.epochs(), changes);

    for (ShardChange change : changes) {
      assertThat(table.change(fresh.key, change.seq()))
          .hasValueSatisfying(stored -> {
            assertThat(stored).isEqualTo(change);
            assertThat(stored.isGenuine()).isTrue();
            assertThat(stored.orders()).isEqualTo(change.orders());
          });
    }
    assertThat(table.change(fresh.key, notYet.seq())).isEmpty();
  }
}
