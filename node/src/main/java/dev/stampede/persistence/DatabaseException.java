package dev.stampede.persistence;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;

/** The database did not do what it was asked to; whatever it was, no part of it was done. */
public final class DatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Classes of SQLState for which the data itself is at fault: truncated (01), cardinality (21),
   * value out of range or malformed (22), constraint (23), check of a view (44), refused by a
   * trigger's SIGNAL (45). All else (no connection, lock wait time-out, deadlock, full disk, read
   * only, a missing grant, column or table) can be mended from outside, and then the very same call
   * succeeds; most of it would meet every row alike. What is not known counts as that, too: a
   * mistake then holds up one shard, in sight, and does not part its rows from each other.
   */
  private static final Set<String> AT_FAULT_ARE_THE_DATA =
      Set.of("01", "21", "22", "23", "44", "45");

  /** Classes of SQLState that mean that there is nobody to talk to: no connection, or none left. */
  private static final String NO_CONNECTION = "08";

  private final boolean isTransient;
  private final boolean isUnreachable;

  DatabaseException(String message, SQLException cause) {
    super(message + ": " + describe(cause), cause);
    this.isTransient = isTransient(cause);
    String state = stateClass(innermost(cause));
    this.isUnreachable = state.isEmpty() || state.equals(NO_CONNECTION);
  }

  DatabaseException(String message, Throwable cause) {
    super(message, cause);
    this.isTransient = true;
    this.isUnreachable = false;
  }

  /** Whether the same call may succeed later; false where the data can never be stored. */
  public boolean isTransient() {
    return isTransient;
  }

  static boolean isTransient(SQLException cause) {
    return !AT_FAULT_ARE_THE_DATA.contains(stateClass(innermost(cause)));
  }

  /** Whether it took no less than a time-out to know, and asking for more would take another. */
  public boolean isUnreachable() {
    return isUnreachable;
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
  static String describe(SQLException outer) {
    SQLException cause = innermost(outer);
    String message =
        Objects.toString(cause.getMessage(), cause.toString()).replaceAll("\\s+", " ").strip();
    message = message.replaceFirst("^\\(conn=\\d+\\) ", ""); // of no use later, and never the same
    return message + " (" + cause.getSQLState() + "/" + cause.getErrorCode() + ")";
  }
}
