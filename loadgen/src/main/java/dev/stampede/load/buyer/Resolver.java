package dev.stampede.load.buyer;

import dev.stampede.load.buyer.Resolution.GivenUp;
import dev.stampede.load.buyer.Resolution.Known;
import dev.stampede.load.http.Answer;
import dev.stampede.load.http.Answer.Answered;
import dev.stampede.load.http.Call;
import dev.stampede.load.http.Client;
import dev.stampede.load.http.Loop;
import dev.stampede.load.http.Target;
import dev.stampede.load.plan.RetryPolicy;
import dev.stampede.load.record.Op;
import dev.stampede.load.record.Outcome;
import dev.stampede.load.record.RunRecord;
import dev.stampede.load.record.Setback;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends a call until its outcome is known, as a good client does: another target each time, a
 * growing pause in between, the same Idempotency-Key.
 *
 * <p>A call that was surely not carried out (429, 503, refused connection) is given up when the
 * buyer's patience ends. One that may have been is asked about until the deadline of the run, for a
 * buyer who paid wants to know.
 */
public final class Resolver {
  private final Loop loop;
  private final Client client;
  private final RunRecord record;
  private final long patienceNanos;
  private final SplittableRandom random = new SplittableRandom();
  private long deadline = Long.MAX_VALUE;

  /**
   * @param patience how long a buyer who is turned away keeps trying
   */
  public Resolver(Loop loop, Client client, RunRecord record, Duration patience) {
    this.loop = loop;
    this.client = client;
    this.record = record;
    this.patienceNanos = patience.toNanos();
  }

  /** From this {@link System#nanoTime()} on nothing is tried again. */
  public void deadline(long nanoTime) {
    this.deadline = nanoTime;
  }

  /**
   * @param call makes the call for each attempt
   * @param due when it was meant to be sent: latency counts from here
   * @param then called once, later, on the loop
   */
  void resolve(Op op, Supplier<Call> call, long due, Consumer<Resolution> then) {
    new Attempts(op, call, due + patienceNanos, then).send(due);
  }

  private final class Attempts {
    private final Op op;
    private final Supplier<Call> call;
    private final long patientUntil;
    private final Consumer<Resolution> then;
    private @Nullable Target last;
    private int attempts;
    private boolean doubt;

    Attempts(Op op, Supplier<Call> call, long patientUntil, Consumer<Resolution> then) {
      this.op = op;
      this.call = call;
      this.patientUntil = patientUntil;
      this.then = then;
    }

    void send(long due) {
      attempts++;
      record.sent();
      Target target = client.pick(last);
      last = target;
      client.send(target, call.get(), answer -> answered(answer, due));
    }

    private void answered(Answer answer, long due) {
      long now = System.nanoTime();
      record.answered(op, now - due);
      Reply reply = Reply.of(answer);
      if (reply.setback() == null) {
        then.accept(new Known((Answered) answer, doubt));
        return;
      }
      record.setback(reply.setback());
      doubt |= reply.doubt() && op != Op.READ;
      tryAgain(answer, reply.setback(), now);
    }

    private void tryAgain(Answer answer, Setback setback, long now) {
      String asked = answer instanceof Answered answered ? answered.retryAfter() : null;
      long pause = RetryPolicy.pauseNanos(attempts, asked, random.nextDouble());
      long due = now + pause;
      if (due < deadline && (doubt || due < patientUntil)) {
        loop.after(pause, () -> send(due));
      } else {
        then.accept(new GivenUp(doubt ? Outcome.UNKNOWN : givenUp(setback)));
      }
    }

    private static Outcome givenUp(Setback setback) {
      return switch (setback) {
        case BUSY -> Outcome.BUSY;
        case SHED -> Outcome.SHED;
        case TRANSPORT_ERROR -> Outcome.TRANSPORT_ERROR;
        case OUTCOME_UNKNOWN -> Outcome.UNKNOWN;
      };
    }
  }
}
