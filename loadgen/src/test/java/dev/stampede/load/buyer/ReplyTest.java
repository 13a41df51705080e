package dev.stampede.load.buyer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.load.http.Answer;
import dev.stampede.load.http.Answer.Answered;
import dev.stampede.load.http.Answer.Lost;
import dev.stampede.load.http.Answer.NotSent;
import dev.stampede.load.record.Setback;
import org.junit.jupiter.api.Test;

final class ReplyTest {
  @Test
  void of_refusedConnection_isSurelyNotCarriedOut() {
    assertThat(Reply.of(new NotSent("refused")))
        .isEqualTo(new Reply(Setback.TRANSPORT_ERROR, false));
  }

  @Test
  void of_lostAnswer_leavesADoubt() {
    assertThat(Reply.of(new Lost("reset"))).isEqualTo(new Reply(Setback.TRANSPORT_ERROR, true));
  }

  @Test
  void of_refusalForTheNumberOfBuyers_isSurelyNotCarriedOut() {
    assertThat(Reply.of(answer(429, "lane-full"))).isEqualTo(new Reply(Setback.BUSY, false));
    assertThat(Reply.of(answer(429, "sale-busy"))).isEqualTo(new Reply(Setback.BUSY, false));
  }

  @Test
  void of_unavailable_dependsOnTheCode() {
    assertThat(Reply.of(answer(503, "draining"))).isEqualTo(new Reply(Setback.SHED, false));
    assertThat(Reply.of(answer(503, "outcome-unknown")))
        .isEqualTo(new Reply(Setback.OUTCOME_UNKNOWN, true));
    assertThat(Reply.of(answer(503, "payment-not-durable")))
        .isEqualTo(new Reply(Setback.OUTCOME_UNKNOWN, true));
  }

  @Test
  void of_somethingInBetweenThatGaveUp_leavesADoubt() {
    assertThat(Reply.of(answer(504, ""))).isEqualTo(new Reply(Setback.SHED, true));
  }

  @Test
  void of_accepted_isAskedAgainUntilItIsDurable() {
    assertThat(Reply.of(answer(202, ""))).isEqualTo(new Reply(Setback.OUTCOME_UNKNOWN, true));
  }

  @Test
  void of_anythingElse_isFinal() {
    assertThat(Reply.of(answer(201, ""))).isEqualTo(new Reply(null, false));
    assertThat(Reply.of(answer(409, "sold-out"))).isEqualTo(new Reply(null, false));
    assertThat(Reply.of(answer(500, ""))).isEqualTo(new Reply(null, false));
  }

  private static Answer answer(int status, String code) {
    return new Answered(status, "{\"code\":\"" + code + "\"}", null, false);
  }
}
