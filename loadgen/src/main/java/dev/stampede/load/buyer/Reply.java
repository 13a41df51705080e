package dev.stampede.load.buyer;

import dev.stampede.load.http.Answer;
import dev.stampede.load.http.Answer.Answered;
import dev.stampede.load.http.Answer.Lost;
import dev.stampede.load.http.Answer.NotSent;
import dev.stampede.load.record.Setback;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one answer means for the question whether to try again.
 *
 * @param setback why to try again; null where the answer is final
 * @param doubt whether the call may have been carried out all the same
 */
record Reply(@Nullable Setback setback, boolean doubt) {
  /** Codes of refusals that do not say that nothing was done. */
  private static final Set<String> DOUBTFUL = Set.of("outcome-unknown", "payment-not-durable");

  private static final int ACCEPTED = 202;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int BAD_GATEWAY = 502;
  private static final int UNAVAILABLE = 503;
  private static final int GATEWAY_TIMEOUT = 504;

  static Reply of(Answer answer) {
    return switch (answer) {
      case NotSent _ -> new Reply(Setback.TRANSPORT_ERROR, false);
      case Lost _ -> new Reply(Setback.TRANSPORT_ERROR, true);
      case Answered answered -> of(answered);
    };
  }

  private static Reply of(Answered answered) {
    return switch (answered.status()) {
      // Taken, but not durable yet: whoever asked for that asks again until it is.
      case ACCEPTED -> new Reply(Setback.OUTCOME_UNKNOWN, true);
      case TOO_MANY_REQUESTS -> new Reply(Setback.BUSY, false);
      case UNAVAILABLE ->
          DOUBTFUL.contains(Json.problemCode(answered.body()))
              ? new Reply(Setback.OUTCOME_UNKNOWN, true)
              : new Reply(Setback.SHED, false);
      // From something in between, which does not know what became of it.
      case BAD_GATEWAY, GATEWAY_TIMEOUT -> new Reply(Setback.SHED, true);
      default -> new Reply(null, false);
    };
  }
}
