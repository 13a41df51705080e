package dev.stampede.http;

import java.util.concurrent.FutureTask;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Hands a request over to the next handler, on a thread that may block. */
final class HandOver extends Exchange {

  private final Handler next;

  HandOver(
      FrontParts parts,
      HttpMetrics.Meters meters,
      Head head,
      Handler next,
      Request request,
      Response response,
      Callback callback) {
    super(parts, meters, head, request, response, callback);
    this.next = next;
  }

  @Override
  void begin() {
    closeIfDraining();
    request.setAttribute(Head.ATTRIBUTE, head);
    if (head.hasBody(request.getLength())) {
      request.addHttpStreamWrapper(Body::new);
    }
    parts.blocking().execute(new Handling());
  }

  /** Notes when all of a body has arrived. */
  private final class Body extends HttpStream.Wrapper {

    Body(HttpStream stream) {
      super(stream);
    }

    @Override
    public Content.@Nullable Chunk read() {
      Content.Chunk chunk = super.read();
      if (chunk != null && chunk.isLast()) {
        ClientEndPoint.of(request).received();
      }
      return chunk;
    }
  }

  /** The call of the next handler, which may throw whatever it likes. */
  private final class Handling extends FutureTask<Boolean> {

    Handling() {
      super(() -> next.handle(request, response, HandOver.this));
    }

    @Override
    protected void set(Boolean handled) {
      if (!handled) {
        Response.writeError(request, response, HandOver.this, HttpStatus.NOT_FOUND_404);
      }
    }

    @Override
    protected void setException(Throwable failure) {
      Response.writeError(request, response, HandOver.this, failure);
    }
  }
}
