package dev.stampede.http;

import dev.stampede.config.HostPort;
import org.jspecify.annotations.Nullable;

/** The address to answer on is not to be had. */
public final class PortTakenException extends RuntimeException {

  private static final long serialVersionUID = 1;

  PortTakenException(String host, int port, Throwable cause) {
    super("cannot listen on " + new HostPort(host, port).text() + ": " + rootMessage(cause), cause);
  }

  /** What the operating system said, such as "Address already in use". */
  private static @Nullable String rootMessage(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure.getMessage() : rootMessage(cause);
  }
}
