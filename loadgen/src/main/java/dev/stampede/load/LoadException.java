package dev.stampede.load;

/** Ends the tool with one line that names the thing and the remedy. */
final class LoadException extends RuntimeException {
  private final ExitCode code;

  LoadException(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  ExitCode code() {
    return code;
  }
}
