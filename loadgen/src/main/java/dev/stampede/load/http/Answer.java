package dev.stampede.load.http;

import org.jspecify.annotations.Nullable;

/** How one attempt of a call ended. */
public sealed interface Answer {

  /**
   * The server answered.
   *
   * @param retryAfter the header of that name as it came
   * @param replayed whether the server said that it had answered this key before
   */
  record Answered(int status, String body, @Nullable String retryAfter, boolean replayed)
      implements Answer {}

  /** The call surely never reached the server. */
  record NotSent(String why) implements Answer {}

  /** The call was sent and no answer came: the server may have carried it out or not. */
  record Lost(String why) implements Answer {}
}
