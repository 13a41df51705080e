package dev.stampede.cli;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What came of a request at one node: a response, or a failure. */
record NodeAnswer(
    String node, @Nullable HttpResponse<String> response, @Nullable Throwable failure) {

  private static final int FIRST_FAULT = 500;
  private static final int UNAVAILABLE = 503;
  private static final String UNKNOWN = "\"outcome-unknown\"";

  /** Whether no other node would answer otherwise. */
  boolean isGood() {
    return response != null && response.statusCode() < FIRST_FAULT;
  }

  /** Whether the node does not know if it is done: it may be asked again. */
  boolean isUnknown() {
    return response != null
        && response.statusCode() == UNAVAILABLE
        && response.body().contains(UNKNOWN);
  }

  /** What several nodes have answered so far. One thread. */
  static final class Collected {
    private int ended;
    private @Nullable HttpResponse<String> response;
    private String failure = "";

    void add(NodeAnswer answer) {
      ended += answer.isUnknown() ? 0 : 1;
      if (answer.response() != null) {
        response = answer.response();
      } else {
        failure = answer.node() + " does not answer" + reason(answer.failure());
      }
    }

    private static String reason(@Nullable Throwable failure) {
      if (failure instanceof CompletionException && failure.getCause() != null) {
        return reason(failure.getCause());
      }
      return failure == null || failure.getMessage() == null ? "" : ": " + failure.getMessage();
    }

    /** How many nodes have answered, and will not be asked again. */
    int ended() {
      return ended;
    }

    /**
     * The last response, for a good one ends the search.
     *
     * @throws CommandException if there is none
     */
    HttpResponse<String> best() {
      if (response == null) {
        throw CommandException.environment(
            failure.isEmpty() ? "no node answers: do they hang?" : failure);
      }
      return response;
    }
  }
}
