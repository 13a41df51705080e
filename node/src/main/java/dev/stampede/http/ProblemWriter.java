package dev.stampede.http;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpField;

/**
 * Turns replies into what is sent to one asker: problems get their body, traced ones their trace.
 */
final class ProblemWriter {

  private ProblemWriter() {}

  /** The answer to send. */
  static Answer answer(Reply reply, Head head) {
    return switch (reply) {
      case Answer answer when !head.isTraced() -> answer;
      case Answer answer ->
          new Answer(answer.status(), traced(answer.headers(), head), answer.body());
      case Problem problem -> answer(problem, head);
    };
  }

  private static Answer answer(Problem problem, Head head) {
    List<HttpField> headers = new ArrayList<>(problem.headers().size() + 3);
    headers.add(Answer.PROBLEM_JSON);
    headers.add(Answer.NO_STORE);
    headers.addAll(problem.headers());
    return new Answer(
        problem.status(), head.isTraced() ? traced(headers, head) : headers, body(problem, head));
  }

  private static List<HttpField> traced(List<HttpField> headers, Head head) {
    List<HttpField> all = new ArrayList<>(headers);
    all.add(new HttpField("traceparent", head.trace().traceparent()));
    return all;
  }

  private static byte[] body(Problem problem, Head head) {
    ProblemType type = problem.type();
    JsonBytes json = new JsonBytes(384);
    json.raw("{\"type\":").string(type.path());
    json.raw(",\"title\":").string(type.title());
    json.raw(",\"status\":").number(type.status());
    json.raw(",\"detail\":").string(problem.detail());
    json.raw(",\"instance\":").string(head.path());
    json.raw(",\"code\":").string(type.code());
    json.raw(",\"traceId\":").string(head.trace().id());
    problem.startsAt().ifPresent(at -> json.raw(",\"startsAt\":").time(at));
    return json.raw("}").toBytes();
  }
}
