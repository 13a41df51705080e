package dev.stampede.persistence;

import dev.stampede.config.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * One database with the schema in place, for all tests that read and write rows: of {@link
 * TestDatabase}, or the one that {@code STAMPEDE_TEST_DB_URL} (with {@code _USER} and {@code
 * _PASSWORD}) names, which must be a scratch one. Each test uses sales of its own.
 */
final class TestTables {

  private static final DatabaseSettings SETTINGS = choose();
  private static final Database SHARED = Database.open(SETTINGS);

  private TestTables() {}

  private static DatabaseSettings choose() {
    String url = System.getenv("STAMPEDE_TEST_DB_URL");
    return url == null
        ? TestDatabase.fresh()
        : new DatabaseSettings(
            url,
            System.getenv("STAMPEDE_TEST_DB_USER"),
            System.getenv("STAMPEDE_TEST_DB_PASSWORD"),
            4);
  }

  static DatabaseSettings settings() {
    return SETTINGS;
  }

  /** The same, reached in another way. */
  static DatabaseSettings settings(String url) {
    return new DatabaseSettings(url, SETTINGS.user(), SETTINGS.password(), SETTINGS.poolSize());
  }

  /** Open, and never closed. */
  static Database shared() {
    return SHARED;
  }

  /** A connection past the pool, to look at rows or to hurt them. */
  static Connection connect() throws SQLException {
    return DriverManager.getConnection(SETTINGS.url(), SETTINGS.user(), SETTINGS.password());
  }
}
