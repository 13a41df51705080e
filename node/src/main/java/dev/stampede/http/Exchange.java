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

  /** How much of a longer one is taken in, in bytes, so that its sender can read the refusal. */
  private static final int MAX_DISCARDED = 256 * 1024;

  private static final HttpField CLOSE = Answer.fixed(HttpHeader.CONNECTION, "close");

  final FrontParts parts;
  final Head head;
  final Request request;
  final Response response;
  private final Callback callback;
  private final HttpMetrics.Meters meters;
  private final long startedNanos = System.nanoTime();
  private int discarded;

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
    ClientEndPoint client = ClientEndPoint.of(request);
    client.setBusy(true);
    if (!head.hasBody(request.getLength())) {
      client.received();
    }
    attempt(() -> {
      if (client.isExtra() && !head.path().startsWith(Routes.HEALTH)) {
        throw new Refused(ProblemType.TOO_MANY_CONNECTIONS);
      }
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
      refuse(e.problem());
    } catch (RuntimeException e) {
      refuse(parts.failures().problem(e, head));
    }
  }

  private void refuse(Problem problem) {
    ProblemType type = problem.type();
    if (type == ProblemType.BODY_TOO_LARGE || type == ProblemType.REQUEST_TIMEOUT) {
      sendThenDiscard(problem);
    } else {
      discardThenSend(problem);
    }
  }

  /**
   * Takes in what the client is still sending before it answers: a connection that is closed on
   * unread bytes is reset, and the client may lose the answer with it. Many clients send head and
   * body one after the other, so that a refusal of the head is faster than the body.
   */
  private void discardThenSend(Problem problem) {
    switch (discard(MAX_BODY)) {
      case MORE ->
          request.demand(
              Invocable.from(InvocationType.NON_BLOCKING, () -> discardThenSend(problem)));
      case END -> send(problem);
      case ENOUGH -> sendThenDiscard(problem);
    }
  }

  /**
   * Answers at once and ends the connection, but takes in some of what is still being sent, so that
   * the client can read the answer first.
   */
  private void sendThenDiscard(Problem problem) {
    response.getHeaders().put(CLOSE);
    send(problem, new Rest());
  }

  /** What became of an attempt to take in the rest of a body. */
  private enum Discarded {
    MORE,
    END,
    ENOUGH
  }

  /** Takes in what is there of the body, {@code most} bytes in all. */
  private Discarded discard(int most) {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        return Discarded.MORE;
      }
      if (Content.Chunk.isFailure(chunk)) {
        return Discarded.ENOUGH;
      }
      discarded += chunk.remaining();
      boolean last = chunk.isLast();
      chunk.release();
      if (last) {
        ClientEndPoint.of(request).received();
        return Discarded.END;
      }
      if (discarded > most) {
        return Discarded.ENOUGH;
      }
    }
  }

  /** The rest of a body, once its request was answered. */
  private final class Rest implements Callback {

    @Override
    public void succeeded() {
      if (discard(MAX_DISCARDED) == Discarded.MORE) {
        request.demand(Invocable.from(InvocationType.NON_BLOCKING, this::succeeded));
      } else {
        Exchange.this.succeeded();
      }
    }

    @Override
    public void failed(Throwable failure) {
      Exchange.this.failed(failure);
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }

  /**
   * The work is done, and only the client is still to take the answer. It comes before each answer,
   * whatever that says, so what an exchange has taken of anything scarce is given back here: who
   * reads slowly must not keep it. Called again where sending fails.
   */
  void giveBack() {}

  /** Ends the exchange. */
  final void send(Reply reply) {
    send(reply, this);
  }

  private void send(Reply reply, Callback written) {
    giveBack();
    byte[] body = prepare(reply);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), written);
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

  /**
   * Has the client leave with this answer, rather than ask once more while the port closes, or keep
   * a connection that others need.
   */
  final void closeIfDraining() {
    if (parts.running().isDraining() || ClientEndPoint.of(request).isExtra()) {
      response.getHeaders().put(CLOSE);
    }
  }

  @Override
  public final void succeeded() {
    end();
    callback.succeeded();
  }

  @Override
  public final void failed(Throwable failure) {
    end();
    callback.failed(failure);
  }

  private void end() {
    ClientEndPoint.of(request).setBusy(false);
    parts.running().end();
  }

  @Override
  public final InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
