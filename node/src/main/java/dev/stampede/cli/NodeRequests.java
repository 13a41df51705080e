package dev.stampede.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request to several nodes of a cluster, so that a node that hangs delays nobody. An
 * answer of 5xx says that another node may do better, so it is taken only if no other comes.
 *
 * <p>Threads: one at a time; it blocks until there is an answer.
 */
final class NodeRequests {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** Longer than a request may wait in a lane. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  /** How long a node may take to say that it is alive. */
  private static final Duration ALIVE_TIMEOUT = Duration.ofSeconds(1);

  /** After this long without a good answer, silent nodes are not waited for. */
  private static final Duration PATIENCE = Duration.ofMillis(1_500);

  /** Before a node is asked again that did not know the outcome. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  private final List<String> nodes;
  private final Consumer<String> notes;

  /**
   * Requests to these nodes.
   *
   * @param nodes addresses without a slash at the end, one or more
   * @param notes is told of what takes long
   */
  NodeRequests(List<String> nodes, Consumer<String> notes) {
    this.nodes = nodes;
    this.notes = notes;
  }

  /**
   * Sends it to all nodes at once, and again to one that does not know what came of it. For
   * requests that change nothing when they come twice.
   *
   * @param request of a node's address
   * @return the first answer below 500, or else one that another node gave
   * @throws CommandException if no node answers
   */
  HttpResponse<String> toAll(Function<String, HttpRequest.Builder> request) {
    BlockingQueue<NodeAnswer> arrived = new LinkedBlockingQueue<>();
    Queue<Future<?>> sent = new ConcurrentLinkedQueue<>();
    Consumer<String> sender = node -> sent.add(send(node, request, ANSWER_TIMEOUT, arrived));
    nodes.forEach(sender);
    try {
      return firstOf(arrived, sender);
    } finally {
      sent.forEach(each -> each.cancel(true));
    }
  }

  private HttpResponse<String> firstOf(BlockingQueue<NodeAnswer> arrived, Consumer<String> sender) {
    NodeAnswer.Collected answers = new NodeAnswer.Collected();
    long started = System.nanoTime();
    boolean late = false;
    while (answers.ended() < nodes.size()) {
      NodeAnswer answer = poll(arrived, left(started, late ? ANSWER_TIMEOUT : PATIENCE));
      if (answer != null) {
        answers.add(answer);
        if (answer.isGood()) {
          break;
        }
        if (answer.isUnknown()) {
          CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS)
              .execute(() -> sender.accept(answer.node()));
        }
      } else if (late || answers.ended() > 0) {
        break;
      } else {
        late = true;
        notes.accept(
            "no node could do it within "
                + PATIENCE.toMillis()
                + " ms. A node that has a part of this sale may hang: the others replace it 10 s"
                + " after its last sign of life. Waiting for "
                + ANSWER_TIMEOUT.toSeconds()
                + " s at most");
      }
    }
    return answers.best();
  }

  /**
   * Sends it to one node after the other, those first that say that they are alive, until one
   * answers below 500.
   *
   * @param request of a node's address
   * @param most how long a node that is alive may take
   * @throws CommandException if no node answers
   */
  HttpResponse<String> inTurn(Function<String, HttpRequest.Builder> request, Duration most) {
    NodeAnswer.Collected answers = new NodeAnswer.Collected();
    List<String> silent = new ArrayList<>(nodes);
    boolean good = nodes.size() > 1 && askAlive(request, most, answers, silent);
    for (String node : silent) {
      good = good || ask(node, request, most, answers);
    }
    return answers.best();
  }

  /** Asks nodes as they say that they are alive; takes those away from the silent ones. */
  private boolean askAlive(
      Function<String, HttpRequest.Builder> request,
      Duration most,
      NodeAnswer.Collected answers,
      List<String> silent) {
    BlockingQueue<NodeAnswer> alive = new LinkedBlockingQueue<>();
    for (String node : nodes) {
      Future<?> _ = send(node, NodeRequests::liveness, ALIVE_TIMEOUT, alive);
    }
    for (int i = 0; i < nodes.size(); i++) {
      NodeAnswer answer = poll(alive, CONNECT_TIMEOUT);
      if (answer != null && answer.isGood()) {
        silent.remove(answer.node());
        if (ask(answer.node(), request, most, answers)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean ask(
      String node,
      Function<String, HttpRequest.Builder> request,
      Duration most,
      NodeAnswer.Collected answers) {
    BlockingQueue<NodeAnswer> arrived = new LinkedBlockingQueue<>();
    Future<?> _ = send(node, request, most, arrived);
    NodeAnswer answer = poll(arrived, most.plus(CONNECT_TIMEOUT));
    if (answer == null) {
      answer = new NodeAnswer(node, null, new IOException("request timed out"));
    }
    answers.add(answer);
    return answer.isGood();
  }

  private static HttpRequest.Builder liveness(String node) {
    return HttpRequest.newBuilder(URI.create(node + "/health/live"));
  }

  private Future<?> send(
      String node,
      Function<String, HttpRequest.Builder> request,
      Duration most,
      BlockingQueue<NodeAnswer> arrived) {
    return client
        .sendAsync(request.apply(node).timeout(most).build(), BodyHandlers.ofString())
        .whenComplete((response, failure) -> arrived.add(new NodeAnswer(node, response, failure)));
  }

  private static Duration left(long startedNanos, Duration most) {
    return most.minusNanos(System.nanoTime() - startedNanos);
  }

  private static @Nullable NodeAnswer poll(BlockingQueue<NodeAnswer> arrived, Duration most) {
    try {
      return arrived.poll(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.environment("interrupted while waiting for an answer");
    }
  }
}
