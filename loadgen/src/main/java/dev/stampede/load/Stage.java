package dev.stampede.load;

import dev.stampede.load.buyer.Crowd;
import dev.stampede.load.http.Client;
import dev.stampede.load.http.Loop;
import dev.stampede.load.plan.ArrivalSchedule;
import dev.stampede.load.record.RunRecord;
import dev.stampede.load.record.RunResult;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** The part of a run in which buyers come, and the wait until the last has gone. Main thread. */
final class Stage {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final Loop loop;
  private final Crowd crowd;
  private final RunRecord record;
  private final Pacer pacer;
  private final BooleanSupplier stopped;
  private final long start = System.nanoTime();
  private double seconds;
  private double requestsPerSecond;

  Stage(Loop loop, Crowd crowd, RunRecord record, BooleanSupplier stopped) {
    this.loop = loop;
    this.crowd = crowd;
    this.record = record;
    this.pacer = new Pacer(loop, stopped);
    this.stopped = stopped;
  }

  /** Reads of the stock that nobody measures, so that neither side is cold. */
  static void warmUp(Loop loop, Client client, WarmUp warmUp, BooleanSupplier stopped) {
    new Pacer(loop, stopped)
        .pace(
            warmUp.schedule(),
            System.nanoTime(),
            (n, _) -> client.send(client.pick(null), warmUp.call(n), _ -> {}));
  }

  /** Buyers come at their rate. */
  void open(ArrivalSchedule schedule) {
    pacer.pace(schedule, start, crowd::arrive);
    ended();
  }

  /** So many users, each of whom comes again when a visit has ended. */
  void closed(int users, Duration duration) {
    long end = start + duration.toNanos();
    Crowd.Turns turns =
        new Crowd.Turns() {
          private long next;

          @Override
          public long next() {
            return System.nanoTime() - end < 0 && !stopped.getAsBoolean() ? next++ : -1;
          }
        };
    for (int user = 0; user < users; user++) {
      loop.execute(() -> crowd.comeAgain(turns));
    }
    pacer.waitUntil(end);
    ended();
  }

  private void ended() {
    seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    requestsPerSecond = ask(loop.ask(record::requests)) / seconds;
  }

  /** Waits until every buyer has gone, at most that long; what is open then stays unknown. */
  RunResult end(Duration limit) {
    long until = System.nanoTime() + limit.toNanos();
    Pacer waiting = new Pacer(loop, () -> false);
    while (ask(loop.ask(crowd::visiting)) > 0 && System.nanoTime() - until < 0) {
      waiting.waitUntil(System.nanoTime() + LOOK_EVERY.toNanos());
    }
    return ask(loop.ask(record::finish));
  }

  private static <T> T ask(Future<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the loop", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the loop answers such questions", e);
    }
  }

  double seconds() {
    return seconds;
  }

  double requestsPerSecond() {
    return requestsPerSecond;
  }
}
