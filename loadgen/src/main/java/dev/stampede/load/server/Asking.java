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
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Asks one server after the other until one answers, and waits for it. Never on the loop. */
public final class Asking {
  static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();
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

  /**
   * Asks for something that a server may have to work for long. A server that hangs does not cost
   * much: after some time without an answer another one is asked, too. But none is given up before
   * its time, so that the work of a slow one is not lost.
   *
   * @param second how long after the first server the second one is asked; the third after twice
   *     that time, and so on
   * @param longest how long each may take
   * @param patience how long to go on when servers fail at once
   * @param progress hears every other second what is being waited for
   * @throws ServerException if none answered
   */
  Answered askForLong(
      Call call, Duration second, Duration longest, Duration patience, Consumer<String> progress) {
    return new LongCall(this, call, second, longest, patience, progress).answer();
  }

  /** Sends a call to whichever target is next. */
  void send(Call call, Duration timeout, Consumer<Answer> answered) {
    loop.execute(() -> client.send(client.pick(null), call, timeout, answered));
  }

  int targets() {
    return client.targets();
  }

  static void giveUp(boolean now, Call call, Answer answer) {
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

  static boolean isFinal(Answered answer) {
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
