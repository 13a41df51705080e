package dev.stampede.http;

/** What a handler says to a request. */
sealed interface Reply permits Answer, Problem {

  /** The status that it is sent with. */
  int status();
}
