package dev.stampede.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Says what Jetty itself refuses, such as malformed requests, in the same way as all else. */
final class JettyProblems extends ErrorHandler {

  private final Failures failures;

  JettyProblems(Failures failures) {
    this.failures = failures;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Head head = Head.of(request);
    Answer answer = ProblemWriter.answer(problem(request, response.getStatus(), head), head);
    HttpFields.Mutable headers = response.getHeaders();
    for (HttpField field : answer.headers()) {
      headers.put(field);
    }
    headers.put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    response.setStatus(answer.status());
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
    return true;
  }

  private Problem problem(Request request, int status, Head head) {
    return switch ((@Nullable Object) request.getAttribute(ERROR_EXCEPTION)) {
      case HttpException refusal -> refused(refusal);
      case TimeoutException late -> Problem.of(ProblemType.REQUEST_TIMEOUT);
      case IOException gone -> Problem.of(ProblemType.REQUEST_MALFORMED);
      case Throwable failure -> failures.problem(failure, head);
      case null, default -> Problem.of(ProblemType.ofStatus(status));
    };
  }

  private static Problem refused(HttpException refusal) {
    ProblemType type = ProblemType.ofStatus(refusal.getCode());
    String reason = refusal.getReason();
    return type == ProblemType.REQUEST_MALFORMED && reason != null
        ? Problem.of(type, reason + ".")
        : Problem.of(type);
  }
}
