package dev.stampede.load.buyer;

import dev.stampede.load.http.Answer.Answered;
import dev.stampede.load.record.Outcome;

/** How a call ended after all its attempts. */
sealed interface Resolution {

  /**
   * The server gave a final answer.
   *
   * @param doubted an attempt before may have been carried out as well
   */
  record Known(Answered answer, boolean doubted) implements Resolution {}

  /** No final answer: surely not carried out, or {@link Outcome#UNKNOWN}. */
  record GivenUp(Outcome outcome) implements Resolution {}
}
