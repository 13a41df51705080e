package dev.stampede.load.server;

import dev.stampede.load.http.Answer;
import dev.stampede.load.http.Answer.Answered;
import dev.stampede.load.http.Call;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call that takes long, at one server after the other; see {@link Asking#askForLong}. */
final class LongCall {
  private static final long PROGRESS_NANOS = Duration.ofSeconds(2).toNanos();

  private final Asking asking;
  private final Call call;
  private final Duration second;
  private final Duration longest;
  private final Duration patience;
  private final Consumer<String> progress;
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final long begun = System.nanoTime();

  /** Servers that have the call and have not answered. */
  private int open;

  private long pauseNanos;
  private long nextAt;

  LongCall(
      Asking asking,
      Call call,
      Duration second,
      Duration longest,
      Duration patience,
      Consumer<String> progress) {
    this.asking = asking;
    this.call = call;
    this.second = second;
    this.longest = longest;
    this.patience = patience;
    this.progress = progress;
  }

  /** Blocks until there is one. */
  Answered answer() {
    long failing = 0;
    while (true) {
      if (open == 0) {
        pauseNanos = second.toNanos();
        send();
      } else if (open < asking.targets() && System.nanoTime() - nextAt >= 0) {
        pauseNanos *= 2;
        send();
      }
      Answer answer = await();
      if (answer instanceof Answered answered && Asking.isFinal(answered)) {
        return answered;
      }
      if (answer != null && open == 0) {
        long now = System.nanoTime();
        failing = failing == 0 ? now : failing;
        Asking.giveUp(now - failing > patience.toNanos(), call, answer);
        LockSupport.parkNanos(Asking.PAUSE_NANOS);
      }
    }
  }

  private void send() {
    asking.send(call, longest, answers::add);
    open++;
    nextAt = System.nanoTime() + pauseNanos;
  }

  /** The next answer; null if it is time to look whether another server should be asked. */
  private @Nullable Answer await() {
    long wait = PROGRESS_NANOS;
    if (open < asking.targets()) {
      wait = Math.min(wait, nextAt - System.nanoTime());
    }
    Answer answer = poll(wait);
    if (answer != null) {
      open--;
    } else if (System.nanoTime() - begun >= PROGRESS_NANOS) {
      long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
      progress.accept("waiting for " + call.path() + ": " + seconds + " s");
    }
    return answer;
  }

  private @Nullable Answer poll(long nanos) {
    try {
      return answers.poll(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerException("interrupted while waiting for GET " + call.path());
    }
  }
}
