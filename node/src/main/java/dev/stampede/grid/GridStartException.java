package dev.stampede.grid;

/** The grid cannot be joined or used: its message says in one line why, and what to do. */
public final class GridStartException extends RuntimeException {

  private static final long serialVersionUID = 1;

  GridStartException(String message, Throwable cause) {
    super(message, cause);
  }

  /** With what to say. */
  public GridStartException(String message) {
    super(message);
  }
}
