package dev.stampede.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * One request on its way to an answer. Its steps never block; each may run on another thread, one
 * after the other.
 *
 * <p>It is its own callback for the write of the answer, which saves an object.
 */
abstract class Exchange implements Callback {

  /** The longest body of a request, in bytes. */
  static final int MAX_BODY = 16 * 1024;

  /** How much of a longer one is taken in, in bytes, so that its sender hears why it is refused. */
  private static final int MAX_DISCARDED = 256 * 1024;

  private static final HttpField CLOSE = Answer.fixed(HttpHeader.CONNECTION, "close");

  final FrontParts parts;
  final Head head;
  final Request request;
  final Response response;
  private final Callback callback;
  private final HttpMetrics.Meters meters;
  private final long startedNanos = System.nanoTime();

  Exchange(
      FrontParts parts,
      HttpMetrics.Meters meters,
      Head head,
      Request request,
      Response response,
      Callback callback) {
    this.parts = parts;
    this.meters = meters;
    this.head = head;
    this.request = request;
    this.response = response;
    this.callback = callback;
  }

  /** Starts it. Never blocks, never throws. */
  final void start() {
    parts.running().begin();
    attempt(() -> {
      head.requireUnambiguous();
      if (!parts.running().isOpen() && !Routes.isAboutTheNode(head.path())) {
        throw new Refused(ProblemType.STARTING);
      }
      if (request.getLength() > MAX_BODY) {
        throw new Refused(ProblemType.BODY_TOO_LARGE);
      }
      begin();
    });
  }

  /** The first step. May throw {@link Refused}, or anything that is our fault. */
  abstract void begin();

  /** Takes one step, and answers where it ends the exchange. */
  final void attempt(Runnable step) {
    try {
      step.run();
    } catch (Refused e) {
      discardThenSend(e.problem(), MAX_DISCARDED);
    } catch (RuntimeException e) {
      discardThenSend(parts.failures().problem(e, head), MAX_DISCARDED);
    }
  }

  /**
   * Takes in what the client is still sending, up to a bound, before it answers: a connection that
   * is closed on unread bytes is reset, and the client may lose the answer with it. Many clients
   * send head and body one after the other, so that a refusal of the head is faster than the body.
   */
  private void discardThenSend(Problem problem, int most) {
    int left = most;
    while (left > 0) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        int rest = left;
        request.demand(
            Invocable.from(InvocationType.NON_BLOCKING, () -> discardThenSend(problem, rest)));
        return;
      }
      left = chunk.isLast() ? 0 : left - chunk.remaining();
      chunk.release();
    }
    send(problem);
  }

  /**
   * The work is done, and only the client is still to take the answer. It comes before each answer,
   * whatever that says, so what an exchange has taken of anything scarce is given back here: who
   * reads slowly must not keep it. Called again where sending fails.
   */
  void giveBack() {}

  /** Ends the exchange. */
  final void send(Reply reply) {
    giveBack();
    byte[] body = prepare(reply);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), this);
  }

  /**
   * Makes an answer ready whose length nobody knows yet, and counts it: how long it goes on is no
   * measure of anything.
   *
   * @return what to begin it with
   */
  final byte[] prepare(Reply reply) {
    Answer answer = ProblemWriter.answer(reply, head);
    HttpFields.Mutable headers = response.getHeaders();
    for (HttpField field : answer.headers()) {
      headers.add(field);
    }
    closeIfDraining();
    response.setStatus(answer.status());
    meters.record(reply, startedNanos);
    return answer.body();
  }

  /** Has the client leave with this answer, rather than ask once more while the port closes. */
  final void closeIfDraining() {
    if (parts.running().isDraining()) {
      response.getHeaders().put(CLOSE);
    }
  }

  @Override
  public final void succeeded() {
    parts.running().end();
    callback.succeeded();
  }

  @Override
  public final void failed(Throwable failure) {
    parts.running().end();
    callback.failed(failure);
  }

  @Override
  public final InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
