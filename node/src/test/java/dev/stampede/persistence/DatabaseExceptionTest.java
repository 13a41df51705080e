package dev.stampede.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatabaseExceptionTest {

  @ParameterizedTest
  @CsvSource({
    "08000, 0, true", // no connection
    ", 0, true", // nothing known
    "40001, 1213, true", // deadlock
    "HY000, 1205, true", // lock wait time-out
    "HY000, 1021, true", // disk full
    "70100, 1317, true", // interrupted
    "28000, 1045, true", // password changed meanwhile
    "42000, 1142, true", // a grant is missing
    "HY000, 1114, true", // table full, or its disk
    "HY000, 1030, true", // what the storage engine said: 28, no space left
    "HY000, 1290, true", // read-only
    "25006, 1792, true", // read-only transaction
    "HY000, 1020, true", // changed since it was read
    "08S01, 1053, true", // shutting down
    "08004, 1040, true", // too many connections
    "70100, 1927, true", // connection killed
    "42S22, 1054, true", // a column is missing
    "HY000, 9999, true", // not known
    "22001, 1406, false", // too long
    "22007, 1366, false", // not in the character set
    "23000, 1062, false", // duplicate
    "23000, 4025, false", // check constraint
    "22003, 1264, false", // out of range
    "44000, 1369, false", // check option of a view
    "45000, 1644, false", // SIGNAL of a trigger
    "21S01, 1136, false", // columns and values differ
    "01000, 1265, false" // truncated, as an error
  })
  void isTransient_always_meansThatTheDataAreNotAtFault(
      String state, int code, boolean isTransient) {
    SQLException cause = new SQLException("(conn=5) something", state, code);

    assertThat(new DatabaseException("storing x/0 failed", cause).isTransient())
        .isEqualTo(isTransient);
  }

  @ParameterizedTest
  @CsvSource({
    "08000, 0, true", // no connection
    "08S01, 1053, true", // shutting down
    ", 0, true", // the pool has none
    "HY000, 1205, false", // lock wait time-out: of one shard
    "HY000, 1114, false", // disk full, said at once
    "45000, 1644, false"
  })
  void isUnreachable_always_meansThatAnyCallWouldWait(
      String state, int code, boolean isUnreachable) {
    SQLException cause = new SQLException("something", state, code);

    assertThat(new DatabaseException("storing x/0 failed", cause).isUnreachable())
        .isEqualTo(isUnreachable);
  }

  @Test
  void message_always_isOneLineWithStateAndCode() {
    SQLException cause = new SQLException("first\n  second", "22001", 1406);

    assertThat(new DatabaseException("storing x/0 failed", cause))
        .hasMessage("storing x/0 failed: first second (22001/1406)");
  }
}
