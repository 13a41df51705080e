package dev.stampede.persistence;

import java.io.IOException;

/** The embedded database cannot run. The message is one line: what, why, and what to do. */
public final class DatabaseStartException extends IOException {
  private static final long serialVersionUID = 1;

  public DatabaseStartException(String message) {
    super(message);
  }

  public DatabaseStartException(String message, IOException cause) {
    super(message, cause);
  }
}
