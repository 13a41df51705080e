package dev.stampede.http;

import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What to say when something broke that should not: logged here, once, and never shown. */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final Predicate<Throwable> outage;

  /** Says 503 for what the predicate takes for an outage, and 500 for anything else. */
  Failures(Predicate<Throwable> outage) {
    this.outage = outage;
  }

  Problem problem(Throwable failure, Head head) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (outage.test(cause)) {
      LOG.debug("{} {} met an outage", head.method(), head.path(), cause);
      return Problem.of(ProblemType.UNAVAILABLE);
    }
    LOG.error("{} {} failed, trace {}", head.method(), head.path(), head.trace().id(), cause);
    return Problem.of(ProblemType.INTERNAL_ERROR);
  }
}
