package dev.stampede.cli;

/** What a command's exit status means. */
public final class ExitCode {

  /** All is well. */
  public static final int OK = 0;

  /** The verdict, or the request, failed. */
  public static final int FAILED = 1;

  /** The command line, a file of the user, or the configuration is wrong. */
  public static final int USAGE = 2;

  /** Something outside is missing or taken: a port, the disk, the database, a node. */
  public static final int ENVIRONMENT = 3;

  /** Done with what could be read: an input ends in the middle, and was named. */
  public static final int INCOMPLETE = 4;

  /** Ended by Ctrl-C or SIGTERM. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
