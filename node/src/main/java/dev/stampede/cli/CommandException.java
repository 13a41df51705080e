package dev.stampede.cli;

/** Ends a command with one line for its user: what, why, and what to do. */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** It was carried out, and the answer is no. */
  public static CommandException failed(String message) {
    return new CommandException(ExitCode.FAILED, message);
  }

  /** What the user wrote makes no sense. */
  public static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }

  /** Something outside is missing or taken. */
  public static CommandException environment(String message) {
    return new CommandException(ExitCode.ENVIRONMENT, message);
  }

  /** The status that the process ends with. */
  public int exitCode() {
    return exitCode;
  }
}
