package dev.stampede.stock;

import static dev.stampede.stock.OutcomeScene.ORDER;
import static dev.stampede.stock.ShardFixture.ANN;
import static dev.stampede.stock.ShardFixture.BOB;
import static dev.stampede.stock.ShardFixture.PAYMENT;
import static dev.stampede.stock.ShardFixture.reserve;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.order.BuyerId;
import dev.stampede.order.Order;
import dev.stampede.order.OrderState;
import dev.stampede.order.PaymentId;
import dev.stampede.sale.Money;
import dev.stampede.stock.OutcomeTable.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of outcomes in docs/consistency.md is what shards answer. */
class OutcomeTableTest {

  private static final boolean WRITE = Boolean.getBoolean("outcomes.write");
  private static final String MEND =
      "mvn test -pl node -am -Dtest=OutcomeTableTest -Doutcomes.write=true   # writes this table";
  private static final String BEGIN = "<!-- generated: outcomes -->\n";
  private static final String END = "<!-- end -->";

  private static final PaymentId OTHER_PAYMENT = new PaymentId("pay-2");
  private static final ShardCommand PAY_OTHER = new ShardCommand.Pay(ORDER, OTHER_PAYMENT);
  private static final ShardCommand PAY_FOR_IT = payFor(OTHER_PAYMENT, ANN, 1);
  private static final ShardCommand PAY_TOO_MUCH =
      new ShardCommand.Pay(
          ORDER, OTHER_PAYMENT, Optional.empty(), Optional.of(new Money(1, "XXX")));
  private static final ShardCommand CANCEL = new ShardCommand.Cancel(ORDER, ANN);
  private static final ShardCommand EXPIRE = new ShardCommand.Expire(9);
  private static final ShardCommand FIND = new ShardCommand.Find(ORDER);

  @Test
  void table_always_isWhatShardsAnswer() throws IOException {
    Path document = document();
    String text = Files.readString(document);
    assertThat(text).contains(BEGIN, END);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END, begin);
    String generated = generated();

    if (WRITE) {
      Files.writeString(document, text.substring(0, begin) + generated + text.substring(end));
    } else {
      assertThat(text.substring(begin, end)).as(MEND).isEqualTo(generated);
    }
  }

  @Test
  void scenes_always_areWhatTheyAreCalled() {
    assertThat(allScenes())
        .hasSizeGreaterThan(100)
        .allSatisfy(scene -> {
          StockShard shard = scene.shard();
          assertThat(Optional.ofNullable(shard.order(ORDER)).map(Order::state))
              .isEqualTo(scene.order());
          assertThat(shard.phase(scene.now()).name())
              .isEqualTo(
                  switch (scene.sale()) {
                    case OVER, FROZEN_AND_OVER, CLOSED -> "CLOSED";
                    case SCHEDULED, OPEN, FROZEN -> scene.sale().name();
                  });
          assertThat(OutcomeScene.free(shard) == 0)
              .isEqualTo(scene.stock() == OutcomeScene.Stock.NONE_LEFT);
          assertThat(shard.total(ANN).units() == ShardFixture.LIMIT)
              .isEqualTo(scene.stock() == OutcomeScene.Stock.LIMIT_REACHED);
          assertThat(shard.total(ANN).openOrders() >= scene.bounds().openOrdersPerBuyer())
              .isEqualTo(scene.stock() == OutcomeScene.Stock.CAP_REACHED);
          assertThat(shard.total(ANN).orders() >= scene.bounds().ordersPerBuyer(shard.terms()))
              .isEqualTo(scene.stock() == OutcomeScene.Stock.ORDERS_USED_UP);
        });
  }

  private static List<OutcomeScene> allScenes() {
    return Stream.concat(ofKeyWithoutOrder().stream(), ofOrders().stream()).toList();
  }

  private static String generated() {
    return Stream.of(firstRequests(), laterRequests(), operators())
        .map(table -> "\n" + table.markdown() + "\n")
        .reduce("", String::concat)
        .concat("\n");
  }

  private static OutcomeTable firstRequests() {
    return new OutcomeTable(
        "no order of this key",
        ofKeyWithoutOrder(),
        List.of(
            Column.of("Reserve", reserve(1, ANN, 1)),
            Column.of("Pay", PAY_OTHER),
            Column.of("Pay p2 for 1 of ann's", PAY_FOR_IT),
            Column.of("… then again", PAY_FOR_IT, PAY_FOR_IT),
            Column.of("Cancel", CANCEL),
            Column.of("Expire", EXPIRE),
            Column.of("Find", FIND)));
  }

  private static OutcomeTable laterRequests() {
    return new OutcomeTable(
        "the order",
        ofOrders(),
        List.of(
            Column.of("Reserve, same key", reserve(1, ANN, 1)),
            Column.of("… and other quantity", reserve(1, ANN, 2)),
            Column.of("Pay p1", new ShardCommand.Pay(ORDER, PAYMENT)),
            Column.of("Pay p2", PAY_OTHER),
            Column.of("Pay p2, then again", PAY_OTHER, PAY_OTHER),
            Column.late("Pay p2 past the deadline", PAY_OTHER),
            Column.of("Pay p1 for 1 of bob's", payFor(PAYMENT, BOB, 1)),
            Column.of("Pay p2 for 2 of ann's", payFor(OTHER_PAYMENT, ANN, 2)),
            Column.of("Pay p2 of another amount", PAY_TOO_MUCH),
            Column.of("Cancel by its buyer", CANCEL),
            Column.of("End by an operator", new ShardCommand.EndOrder(ORDER)),
            Column.of("Cancel by another", new ShardCommand.Cancel(ORDER, BOB)),
            Column.of("Expire before the deadline", new ShardCommand.Expire(1)),
            Column.late("Expire past it", new ShardCommand.Expire(1)),
            Column.of("Find", FIND)));
  }

  private static OutcomeTable operators() {
    ShardCommand restock = new ShardCommand.Restock("a", 3);
    ShardCommand withdraw = new ShardCommand.Withdraw("a", 2);
    return new OutcomeTable(
        "the sale",
        ofKeyWithoutOrder().stream().filter(scene -> isOfNobody(scene.stock())).toList(),
        List.of(
            Column.of("Restock 3", restock),
            Column.of("… then again", restock, restock),
            Column.of("… then 4 by the same id", restock, new ShardCommand.Restock("a", 4)),
            Column.of("Withdraw 2", withdraw),
            Column.of("… then again", withdraw, withdraw),
            Column.of("Restock 3, then Withdraw by the same id", restock, withdraw),
            Column.of("Freeze", new ShardCommand.Freeze(true)),
            Column.of("Unfreeze", new ShardCommand.Freeze(false)),
            Column.of("Close", new ShardCommand.Close()),
            Column.of("Reopen", new ShardCommand.Reopen("b"))));
  }

  private static ShardCommand payFor(PaymentId payment, BuyerId buyer, int quantity) {
    return new ShardCommand.Pay(
        ORDER, payment, Optional.of(new ShardCommand.Claim(buyer, quantity)));
  }

  /** Operators get the same answers whatever one buyer has. */
  private static boolean isOfNobody(OutcomeScene.Stock stock) {
    return stock == OutcomeScene.Stock.UNITS_LEFT || stock == OutcomeScene.Stock.NONE_LEFT;
  }

  private static List<OutcomeScene> ofKeyWithoutOrder() {
    return OutcomeScene.of(Optional.empty());
  }

  private static List<OutcomeScene> ofOrders() {
    return Arrays.stream(OrderState.values())
        .flatMap(state -> OutcomeScene.of(Optional.of(state)).stream())
        .toList();
  }

  private static Path document() {
    Path here = Path.of("docs", "consistency.md");
    return Files.exists(here) ? here : Path.of("..").resolve(here);
  }
}
