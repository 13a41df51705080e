package dev.stampede.persistence;

import java.sql.SQLException;
import java.util.Set;

/** The database did not do what it was asked to; whatever it was, no part of it was done. */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Classes of SQLState for which the data itself is at fault: truncated (01), cardinality (21),
   * value out of range or malformed (22), constraint (23). All else (no connection, lock wait
   * time-out, deadlock, full disk, a missing grant) can be mended from outside, and then the very
   * same call succeeds: giving up on it would lose what it was to write.
   */
  private static final Set<String> AT_FAULT_ARE_THE_DATA = Set.of("01", "21", "22", "23");

  private final boolean isTransient;

  DatabaseException(String message, SQLException cause) {
    super(message + ": " + describe(innermost(cause)), cause);
    this.isTransient = !AT_FAULT_ARE_THE_DATA.contains(stateClass(innermost(cause)));
  }

  DatabaseException(String message, Throwable cause) {
    super(message, cause);
    this.isTransient = true;
  }

  /** Whether the same call may succeed later; false where the data can never be stored. */
  public boolean isTransient() {
    return isTransient;
  }

  /** The pool and the driver wrap what the server or the network said. */
  private static SQLException innermost(SQLException outer) {
    return outer.getCause() instanceof SQLException inner ? innermost(inner) : outer;
  }

  private static String stateClass(SQLException cause) {
    String state = cause.getSQLState();
    return state == null || state.length() < 2 ? "" : state.substring(0, 2);
  }

  /** In one line, with what to look the error up by. */
  private static String describe(SQLException cause) {
    String message = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ").strip();
    return message + " (" + cause.getSQLState() + "/" + cause.getErrorCode() + ")";
  }
}
