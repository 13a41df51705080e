package dev.stampede.persistence;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The clock of the database's machine. Any thread may ask. */
public final class DatabaseClock {

  /** In UTC, which no time zone and no daylight saving shifts. */
  private static final String NOW =
      "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(6)) DIV 1000";

  private final Database database;

  /** The clock of this database. */
  public DatabaseClock(Database database) {
    this.database = database;
  }

  /**
   * Milliseconds since 1970. Blocks for a round trip.
   *
   * @throws DatabaseException if the database cannot be asked
   */
  public long millis() {
    return database.transaction(
        "reading the database's clock",
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(NOW);
              ResultSet row = query.executeQuery()) {
            if (!row.next()) {
              throw new SQLException("the database gives no time");
            }
            return row.getLong(1);
          }
        });
  }
}
