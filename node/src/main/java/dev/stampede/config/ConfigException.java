package dev.stampede.config;

/**
 * What is configured cannot be used. The message is one line: where, what was found, what was
 * expected.
 */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With one line for the user. */
  public ConfigException(String message) {
    super(message);
  }
}
