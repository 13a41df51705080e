package dev.stampede.persistence;

import static dev.stampede.persistence.TestShard.pay;
import static dev.stampede.persistence.TestShard.reserve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.order.BuyerId;
import dev.stampede.order.Order;
import dev.stampede.order.OrderState;
import dev.stampede.persistence.StoreResult.Stored;
import dev.stampede.sale.Reduction;
import dev.stampede.stock.AuditedShard;
import dev.stampede.stock.ShardChange;
import dev.stampede.stock.ShardCommand;
import dev.stampede.stock.ShardSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of rows that a table refuses for good, and of the shard that they belong to. */
final class SetAsideRowsIT {

  private static final BuyerId POISON = BuyerId.of("poison");

  private final ShardTable table = new ShardTable(TestTables.shared());
  private final DeadLetterTable letters =
      new DeadLetterTable(TestTables.shared(), Clock.systemUTC());
  private TestShard node;

  @BeforeEach
  void poison() throws SQLException {
    node = TestShard.publish(Reduction.RESERVE, 2_000);
    refuse("orders", "INSERT", "NEW.buyer = 'poison'");
    refuse("orders", "UPDATE", "NEW.buyer = 'late' AND NEW.state = 'PAID'");
    refuse("refunds", "INSERT", "NEW.payment = 'pay-9'");
    refuse("adjustments", "INSERT", "NEW.id = 'poison'");
  }

  @AfterEach
  void mend() throws SQLException {
    for (String each : List.of("orders_INSERT", "orders_UPDATE", "refunds_INSERT")) {
      execute("DROP TRIGGER IF EXISTS poison_" + each);
    }
    execute("DROP TRIGGER IF EXISTS poison_adjustments_INSERT");
    execute("DROP TRIGGER IF EXISTS poison_ledger_INSERT");
  }

  private static void refuse(String table, String action, String condition) throws SQLException {
    execute(
        "CREATE OR REPLACE TRIGGER poison_%1$s_%2$s BEFORE %2$s ON %1$s FOR EACH ROW"
                .formatted(table, action)
            + " IF %s THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no poison here'; END IF"
                .formatted(condition));
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = TestTables.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static ShardCommand.Reserve reserveBy(int number, BuyerId buyer) {
    return new ShardCommand.Reserve(TestShard.key(number), buyer, 1);
  }

  private Stored store(ShardChange... changes) {
    return (Stored) table.store(node.key, node.epochs(), List.of(changes));
  }

  private List<DeadLetter> ownLetters() {
    return letters.newest(1_000).stream()
        .filter(letter -> letter.change().key().equals(node.key))
        .toList();
  }

  private AuditedShard audited() {
    return new AuditTable(TestTables.shared())
        .shards(List.of(node.sale.id())).stream().findAny().orElseThrow();
  }

  private LedgerVerdict replay() {
    return new LedgerTable(TestTables.shared()).replay(node.key, Optional.empty(), _ -> {});
  }

  /** That nothing is missing of the shard, wherever it is kept. */
  private void assertWhole(int setAside) {
    ShardSnapshot expected = node.shard().snapshot();
    ShardSnapshot loaded = table.load(node.key).orElseThrow();
    assertThat(loaded.orders()).containsExactlyInAnyOrderElementsOf(expected.orders());
    assertThat(loaded.refunds()).containsExactlyInAnyOrderElementsOf(expected.refunds());
    assertThat(loaded.adjustments()).containsExactlyInAnyOrderElementsOf(expected.adjustments());
    assertThat(loaded.head().counts()).isEqualTo(expected.head().counts());
    assertThat(loaded.chain()).isEqualTo(expected.chain());
    assertThat(replay().fault()).isEmpty();
    assertThat(replay().setAside()).isEqualTo(setAside);
    assertThat(audited().heldByOrders()).isEqualTo(expected.head().counts().held());
    assertThat(audited().soldByOrders()).isEqualTo(expected.head().counts().sold());
    assertThat(audited().buyersOverLimit()).isZero();
    assertThat(audited().setAside()).isEqualTo(setAside);
    assertThat(ownLetters()).hasSize(setAside);
  }

  @Test
  void store_whenAnOrderIsRefused_storesAllOthers() {
    ShardChange first = node.run(reserve(1), reserveBy(2, POISON), reserve(3));
    ShardChange second = node.run(reserve(4));

    Stored stored = store(first, second);

    assertThat(stored.seq()).isEqualTo(2);
    assertThat(stored.setAside())
        .singleElement()
        .asString()
        .hasLineCount(1)
        .contains("ORDER " + TestShard.key(2), "no poison here (45000/1644)");
    StoredPicture picture = StoredPicture.of(node.key);
    assertThat(picture.orders()).extracting(Order::buyer).hasSize(3).doesNotContain(POISON);
    assertThat(picture.ledger()).containsExactly(first, second);
    assertThat(ownLetters())
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.kind()).isEqualTo(LetterKind.ORDER);
          assertThat(letter.change().orders()).extracting(Order::buyer).containsExactly(POISON);
          assertThat(letter.change()).isEqualTo(first);
          assertThat(letter.reason()).contains("no poison here (45000/1644)");
          assertThat(letter.notedAt()).isPositive();
        });
    assertWhole(1);
  }

  @Test
  void store_whenItIsRepeated_doesNothing() {
    ShardChange change = node.run(reserve(1), reserveBy(2, POISON));
    store(change);
    List<DeadLetter> once = ownLetters();

    assertThat(store(change)).isEqualTo(new Stored(1));
    assertThat(ownLetters()).isEqualTo(once);
  }

  @Test
  void store_ofManyRows_setsAsideThoseOnlyThatAreRefused() {
    List<ShardCommand> commands = new ArrayList<>();
    for (int number = 1; number <= 1_200; number++) {
      commands.add(
          number % 400 == 1
              ? reserveBy(number, new BuyerId("x".repeat(256))) // longer than its column
              : reserve(number));
    }

    Stored stored = store(node.run(TestShard.NOON, commands));

    assertThat(stored.setAside()).hasSize(3).allMatch(line -> line.contains("22001/1406"));
    assertThat(StoredPicture.of(node.key).orders()).hasSize(1_197);
    assertWhole(3);
  }

  @Test
  void store_whenANewerStateIsRefused_keepsItInPlaceOfTheRow() {
    store(node.run(reserveBy(1, BuyerId.of("late")), reserve(2)));
    store(node.run(pay(1), pay(2)));

    assertThat(StoredPicture.of(node.key).orders())
        .extracting(Order::state)
        .containsExactlyInAnyOrder(OrderState.HELD, OrderState.PAID);
    assertWhole(1);
  }

  @Test
  void store_ofAnotherStateThatIsRefused_takesTheLettersPlace() {
    store(node.run(reserveBy(1, POISON)));
    long id = ownLetters().getFirst().id();
    store(node.run(pay(1)));

    assertThat(ownLetters())
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.id()).isEqualTo(id);
          assertThat(letter.change().seq()).isEqualTo(2);
        });
    assertWhole(1);
  }

  @Test
  void store_ofAStateThatFits_closesTheLetter() throws SQLException {
    store(node.run(reserveBy(1, POISON), reserve(2)));
    mend();
    store(node.run(pay(2)));
    assertThat(ownLetters()).as("of another order").hasSize(1);

    store(node.run(new ShardCommand.Cancel(TestShard.key(1), POISON)));

    StoredPicture.of(node.key).assertIs(node.shard().snapshot());
    assertWhole(0);
  }

  @Test
  void store_whenRefundsAndAdjustmentsAreRefused_setsThemAsideToo() throws SQLException {
    store(
        node.run(reserve(1), pay(1)),
        node.run(
            new ShardCommand.Pay(TestShard.key(1), pay(9).payment()),
            new ShardCommand.Pay(TestShard.key(1), pay(8).payment()),
            new ShardCommand.Restock("poison", 5),
            new ShardCommand.Restock("fine", 5)));

    assertThat(StoredPicture.of(node.key).refunds()).hasSize(1);
    assertThat(StoredPicture.of(node.key).adjustments()).hasSize(1);
    assertThat(ownLetters())
        .extracting(DeadLetter::kind)
        .containsExactlyInAnyOrder(LetterKind.REFUND, LetterKind.ADJUSTMENT);
    assertWhole(2);

    mend();
    ownLetters().forEach(letter -> letters.retry(letter.id()));
    StoredPicture.of(node.key).assertIs(node.shard().snapshot());
    assertWhole(0);
  }

  @Test
  void retry_whileTheTableRefuses_saysWhyAndKeepsTheLetter() {
    store(node.run(reserveBy(1, POISON)));
    DeadLetter before = ownLetters().getFirst();

    assertThat(letters.retry(before.id()))
        .isInstanceOfSatisfying(
            RetryResult.Refused.class,
            refused -> assertThat(refused.reason()).hasLineCount(1).contains("no poison here"));
    assertThat(ownLetters()).containsExactly(before);
  }

  @Test
  void retry_onceTheTableTakesIt_writesTheRowAndEndsTheLetter() throws SQLException {
    store(node.run(reserveBy(1, POISON)), node.run(reserve(2)));
    long id = ownLetters().getFirst().id();
    mend();

    assertThat(letters.retry(id)).isEqualTo(new RetryResult.Stored());
    assertThat(letters.retry(id)).isEqualTo(new RetryResult.Unknown());
    StoredPicture.of(node.key).assertIs(node.shard().snapshot());
    assertWhole(0);
  }

  @Test
  void retry_ofAChangeThatLost_isNotPossible() {
    letters.keep(List.of(node.run(reserve(1))), "another history");

    assertThat(letters.retry(ownLetters().getFirst().id())).isEqualTo(new RetryResult.Lost());
    assertThat(audited().setAside()).isZero();
  }

  @Test
  void replay_whenSomethingElseIsWrong_saysSoAllTheSame() throws SQLException {
    store(node.run(reserve(1), reserveBy(2, POISON)));
    execute("DELETE FROM orders WHERE sale = '%s'".formatted(node.sale.id()));
    assertThat(replay().fault())
        .hasValueSatisfying(it -> assertThat(it.what()).contains("no order"));

    execute("UPDATE dead_letter SET seq = 7 WHERE sale = '%s'".formatted(node.sale.id()));
    assertThat(replay().fault())
        .hasValueSatisfying(it -> assertThat(it.what()).contains("names what the change has not"));
    assertThat(audited().heldByOrders()).isZero();
    execute("DELETE FROM dead_letter WHERE sale = '%s'".formatted(node.sale.id()));
  }

  @Test
  void store_whenTheLedgerRefuses_failsForGoodAndWritesNothing() throws SQLException {
    refuse("ledger", "INSERT", "NEW.sale = '%s'".formatted(node.sale.id()));
    List<ShardChange> changes = List.of(node.run(reserve(1), reserveBy(2, POISON)));
    StoredPicture before = StoredPicture.of(node.key);

    assertThatThrownBy(() -> table.store(node.key, node.epochs(), changes))
        .isInstanceOfSatisfying(DatabaseException.class, e -> assertThat(e.isTransient()).isFalse())
        .hasMessageContaining("storing " + node.key);
    assertThat(StoredPicture.of(node.key)).isEqualTo(before);
    assertThat(ownLetters()).isEmpty();
  }
}
