package dev.stampede.load.server;

import dev.stampede.load.http.Answer;
import dev.stampede.load.http.Answer.Answered;
import dev.stampede.load.http.Answer.Lost;
import dev.stampede.load.http.Answer.NotSent;
import dev.stampede.load.http.Call;
import dev.stampede.load.http.Client;
import dev.stampede.load.http.Loop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Asks one server after the other until one answers, and waits for it. Never on the loop. */
public final class Asking {
  private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final Loop loop;
  private final Client client;

  public Asking(Loop loop, Client client) {
    this.loop = loop;
    this.client = client;
  }

  /** Sends a call to whichever target is next; the answer comes as it comes. */
  CompletableFuture<Answer> once(Call call) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    loop.execute(() -> client.send(client.pick(null), call, answer::complete));
    return answer;
  }

  /** The same with a time of its own for the answer. */
  private CompletableFuture<Answer> once(Call call, Duration timeout) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    loop.execute(() -> client.send(client.pick(null), call, timeout, answer::complete));
    return answer;
  }

  /**
   * Asks for something that a server may have to work for long. After an attempt without an answer
   * the next one waits twice as long, so that a server that hangs does not cost much, and one that
   * works is not asked again and again for the same work.
   *
   * @param first how long the first attempt waits
   * @param longest after an attempt that waited so long or longer there is no other
   * @param patience how long to go on when attempts fail at once
   * @throws ServerException if none was answered
   */
  Answered askForLong(Call call, Duration first, Duration longest, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    Duration timeout = first;
    while (true) {
      long begun = System.nanoTime();
      Answer answer = once(call, timeout).join();
      if (answer instanceof Answered answered && isFinal(answered)) {
        return answered;
      }
      long took = System.nanoTime() - begun;
      if (took < timeout.toNanos()) {
        giveUp(System.nanoTime() - until > 0, call, answer);
      } else {
        giveUp(timeout.compareTo(longest) >= 0, call, answer);
        timeout = timeout.multipliedBy(2);
        until += took;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static void giveUp(boolean now, Call call, Answer answer) {
    if (now) {
      throw new ServerException(
          "no answer to GET %s: %s; start nodes by `stampede up` or name them by --target"
              .formatted(call.path(), why(answer)));
    }
  }

  /**
   * Asks until a server gives a final answer.
   *
   * @param patience how long to go on when none does
   * @throws ServerException if none did
   */
  Answered ask(Call call, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    while (true) {
      Answer answer = once(call).join();
      if (answer instanceof Answered answered && isFinal(answered)) {
        return answered;
      }
      giveUp(System.nanoTime() - until > 0, call, answer);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static boolean isFinal(Answered answer) {
    return answer.status() < SERVER_ERROR && answer.status() != TOO_MANY_REQUESTS;
  }

  private static String why(Answer answer) {
    return switch (answer) {
      case NotSent(String why) -> why;
      case Lost(String why) -> why;
      case Answered answered -> answered.status() + " " + answered.body().strip();
    };
  }

  /** Whether {@link #ask} would take it. */
  static Predicate<Answer> settled() {
    return answer -> answer instanceof Answered answered && isFinal(answered);
  }
}
