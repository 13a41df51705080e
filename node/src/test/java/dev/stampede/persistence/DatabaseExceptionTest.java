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
    "22001, 1406, false", // too long
    "22007, 1366, false", // not in the character set
    "23000, 1062, false", // duplicate
    "21S01, 1136, false", // columns and values differ
    "01000, 1265, false" // truncated, as an error
  })
  void isTransient_always_meansThatTheDataAreNotAtFault(
      String state, int code, boolean isTransient) {
    SQLException cause = new SQLException("(conn=5) something", state, code);

    assertThat(new DatabaseException("storing x/0 failed", cause).isTransient())
        .isEqualTo(isTransient);
  }

  @Test
  void message_always_isOneLineWithStateAndCode() {
    SQLException cause = new SQLException("first\n  second", "22001", 1406);

    assertThat(new DatabaseException("storing x/0 failed", cause))
        .hasMessage("storing x/0 failed: first second (22001/1406)");
  }
}
