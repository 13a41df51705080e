package dev.stampede.load.verdict;

import static dev.stampede.load.verdict.Scene.NOW;
import static dev.stampede.load.verdict.Scene.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.load.record.OrderState;
import dev.stampede.load.record.Purchase.Acknowledged;
import dev.stampede.load.record.Purchase.Unanswered;
import dev.stampede.load.record.Told;
import dev.stampede.load.verdict.Verdict.Result;
import dev.stampede.load.verdict.Violation.Kind;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run in which all is well, and one thing wrong with it in each test. */
final class JudgeTest {
  private final Scene scene = new Scene();

  @BeforeEach
  void allIsWell() {
    scene.bought(order("o1", "b1", Told.PAID), "PAID");
    scene.bought(order("o2", "b2", Told.TAKEN), "HELD");
    scene.bought(order("o3", "b3", Told.CANCELLED), "CANCELLED");
    scene.figures(1, 1);
  }

  @Test
  void judge_whenAllIsWell_passes() {
    Verdict verdict = scene.judge();

    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.result()).isEqualTo(Result.PASS);
    assertThat(verdict.oversold()).isZero();
  }

  @Test
  void judge_whenAnOrderIsMissing_findsItLost() {
    scene.orders.removeFirst();

    assertThat(kinds()).contains(Kind.LOST_ORDER);
  }

  @Test
  void judge_whenASampledOrderIsNotFound_findsItLost() {
    scene.sampled.put("o2", ServerPicture.NOT_FOUND);

    assertThat(kinds()).containsExactly(Kind.LOST_ORDER);
  }

  @Test
  void judge_whenNobodyWasToldOfAnOrder_findsIt() {
    scene.orders.add(new ServerOrder("o4", "b4", 1, "HELD"));
    scene.figures(1, 2);

    assertThat(kinds()).containsExactly(Kind.UNTOLD_ORDER);
  }

  @Test
  void judge_whenAnAnswerNeverCame_letsItsOrderBe() {
    scene.purchases.add(new Unanswered("shoe", "b4", 1, false));
    scene.orders.add(new ServerOrder("o4", "b4", 1, "HELD"));
    scene.figures(1, 2);

    Verdict verdict = scene.judge();

    assertThat(verdict.result()).isEqualTo(Result.PASS);
    assertThat(verdict.notes()).hasSize(1);
  }

  @Test
  void judge_whenOneUnansweredPurchaseMadeTwoOrders_findsTheSecond() {
    scene.purchases.add(new Unanswered("shoe", "b4", 1, false));
    scene.orders.add(new ServerOrder("o4", "b4", 1, "HELD"));
    scene.orders.add(new ServerOrder("o5", "b4", 1, "HELD"));
    scene.figures(1, 3);

    assertThat(kinds()).containsExactly(Kind.UNTOLD_ORDER);
  }

  @Test
  void judge_whenAnOrderIsSomebodyElses_findsIt() {
    scene.orders.set(1, new ServerOrder("o2", "b9", 1, "HELD"));

    assertThat(kinds()).containsExactly(Kind.WRONG_ORDER);
  }

  @Test
  void judge_whenAPaidOrderIsNotPaid_findsIt() {
    scene.orders.set(0, new ServerOrder("o1", "b1", 1, "HELD"));
    scene.figures(0, 2);

    assertThat(kinds()).containsExactlyInAnyOrder(Kind.WRONG_STATE, Kind.SOLD_DIFFERS);
  }

  @Test
  void judge_whenACancelledOrderIsStillHeld_findsIt() {
    scene.orders.set(2, new ServerOrder("o3", "b3", 1, "HELD"));
    scene.figures(1, 2);

    assertThat(kinds()).containsExactly(Kind.WRONG_STATE);
  }

  @Test
  void judge_whenAHoldEndsBeforeItsTime_findsIt() {
    scene.orders.set(1, new ServerOrder("o2", "b2", 1, "EXPIRED"));
    scene.figures(1, 0);

    assertThat(kinds()).containsExactly(Kind.EXPIRED_EARLY);
  }

  @Test
  void judge_whenAHoldIsLongPast_findsIt() {
    long past = NOW.minusSeconds(30).toEpochMilli();
    Acknowledged held =
        new Acknowledged("shoe", "b4", 1, "o4", OrderState.HELD, Told.TAKEN, 1, 2, past);
    scene.bought(held, "HELD");
    scene.figures(1, 2);

    assertThat(kinds()).containsExactly(Kind.HOLD_NOT_RELEASED);
  }

  @Test
  void judge_whenABuyerHasTooManyOrders_findsIt() {
    scene.bought(order("o4", "b2", Told.TAKEN), "HELD");
    scene.bought(order("o5", "b2", Told.TAKEN), "HELD");
    scene.figures(1, 3);

    assertThat(kinds()).containsExactly(Kind.OVER_LIMIT);
  }

  @Test
  void judge_whenABuyerHadTooManyAtOnceAndGaveOneBack_findsIt() {
    scene.bought(order("o4", "b3", Told.TAKEN), "HELD");
    scene.bought(order("o5", "b3", Told.TAKEN), "HELD");
    scene.figures(1, 3);

    assertThat(kinds()).containsExactly(Kind.OVER_LIMIT);
  }

  @Test
  void judge_whenTheAuditCountsBuyersOverTheLimit_findsIt() {
    scene.buyersOverLimit = 1;

    assertThat(kinds()).containsExactly(Kind.OVER_LIMIT);
  }

  @Test
  void judge_whenBuyersWereToldMoreThanThereIs_findsItOversold() {
    for (int i = 10; i < 20; i++) {
      scene.bought(order("o" + i, "b" + i, Told.PAID), "PAID");
    }
    // The servers' figures look innocent: one sold order was left out.
    scene.figures(10, 0);

    Verdict verdict = scene.judge();

    assertThat(verdict.violations()).extracting(Violation::kind).contains(Kind.OVERSOLD);
    assertThat(verdict.oversold()).isPositive();
  }

  @Test
  void judge_whenFiguresDoNotAddUp_findsIt() {
    scene.grid = new Figures(10, 1, 1, 9, 0);

    assertThat(kinds()).containsExactly(Kind.UNBALANCED);
  }

  @Test
  void judge_whenMoreIsGivenAwayThanIssued_findsItOversold() {
    scene.figures(1, 10);

    assertThat(kinds()).contains(Kind.OVERSOLD);
    assertThat(scene.judge().oversold()).isEqualTo(1);
  }

  @Test
  void judge_whenRowsDoNotSumToTheStock_findsIt() {
    scene.figures(1, 2);

    assertThat(kinds()).containsExactly(Kind.UNBALANCED);
  }

  @Test
  void judge_whenMoreIsSoldThanTold_findsIt() {
    scene.orders.add(new ServerOrder("b9-x", "stranger", 1, "HELD"));
    scene.figures(2, 1);

    assertThat(kinds()).containsExactlyInAnyOrder(Kind.SOLD_DIFFERS, Kind.UNBALANCED);
  }

  @Test
  void judge_whenOthersBoughtMeanwhile_onlyNotesIt() {
    scene.orders.add(new ServerOrder("x", "stranger", 1, "PAID"));
    scene.figures(2, 1);

    Verdict verdict = scene.judge();

    assertThat(verdict.result()).isEqualTo(Result.PASS);
    assertThat(verdict.notes()).anyMatch(note -> note.contains("others"));
  }

  @Test
  void judge_whenAKeyGaveTwoOrders_findsIt() {
    scene.replayFaults.add("o1: again key → 201 o9");

    assertThat(kinds()).containsExactly(Kind.REPLAY_DIFFERS);
  }

  @Test
  void judge_whenTheDatabaseIsBehind_findsIt() {
    scene.stored = false;

    assertThat(kinds()).containsExactly(Kind.NOT_SETTLED);
    assertThat(scene.judge().violations().getFirst().examples())
        .containsExactly("shoe/0: database at change 6, the grid was at 7");
  }

  @Test
  void judge_whenTheDatabaseHasMovedOn_passes() {
    scene.bought(held("o4", NOW.plusSeconds(50)), "EXPIRED");
    scene.storedThen = Optional.of(new Figures(10, 1, 2, 7, 0));
    scene.grid = scene.storedThen.get();
    scene.database = new Figures(10, 1, 1, 8, 0);

    assertThat(scene.judge().violations()).isEmpty();
  }

  @Test
  void judge_whenTheDatabaseHadOtherCounts_findsIt() {
    scene.storedThen = Optional.of(new Figures(10, 2, 0, 8, 0));

    assertThat(kinds()).containsExactly(Kind.GRID_DATABASE_DIFFER);
  }

  @Test
  void judge_whenTheDatabaseHasAnotherHistory_findsIt() {
    scene.storedChain = "cd";

    assertThat(kinds()).containsExactly(Kind.GRID_DATABASE_DIFFER);
  }

  @Test
  void judge_whenReadingTookLong_isNotMisledByTheHoldsThatEndedMeanwhile() {
    scene.bought(held("o4", NOW.plusSeconds(50)), "EXPIRED");
    scene.bought(held("o5", NOW.plusSeconds(5)), "HELD");
    scene.figures(1, 2);

    assertThat(scene.judge().violations()).isEmpty();
  }

  private static Acknowledged held(String id, Instant until) {
    return new Acknowledged(
        "shoe", "b" + id, 1, id, OrderState.HELD, Told.TAKEN, 1, 2, until.toEpochMilli());
  }

  @Test
  void judge_withoutTheDatabase_stillJudgesTheGrid() {
    scene.complete = false;
    scene.orders.clear();
    assertThat(scene.judge().result()).isEqualTo(Result.PASS);

    scene.grid = new Figures(10, 2, 1, 7, 0);
    assertThat(kinds()).containsExactly(Kind.SOLD_DIFFERS);
  }

  @Test
  void judge_whenAPaymentIsUnknown_takesEitherState() {
    scene.bought(order("o4", "b4", Told.PAYMENT_UNKNOWN), "PAID");
    scene.bought(order("o5", "b5", Told.PAYMENT_UNKNOWN), "HELD");
    scene.figures(2, 2);

    assertThat(scene.judge().result()).isEqualTo(Result.PASS);
  }

  @Test
  void judge_whenTooManyArrivalsWereNotSent_isInvalid() {
    scene.notSent = 2;

    assertThat(scene.judge().result()).isEqualTo(Result.INVALID);
  }

  @Test
  void judge_whenBuyersWereTurnedAwayWithUnitsLeft_notesIt() {
    scene.orders.removeLast();
    scene.purchases.removeLast();
    scene.refusedAsSoldOut = 5;

    Verdict verdict = scene.judge();

    assertThat(verdict.result()).isEqualTo(Result.PASS);
    assertThat(verdict.notes()).anyMatch(note -> note.contains("refused as sold out"));
  }

  private Iterable<Kind> kinds() {
    return scene.judge().violations().stream().map(Violation::kind).toList();
  }
}
