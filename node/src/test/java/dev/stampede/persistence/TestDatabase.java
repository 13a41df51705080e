package dev.stampede.persistence;

import dev.stampede.config.DatabaseSettings;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** One real MariaDB for all the tests of a JVM, with an empty database for each that asks. */
public final class TestDatabase {
  private static final Path DATA = Path.of("target", "test-database").toAbsolutePath();
  private static final AtomicInteger DATABASES = new AtomicInteger();

  /** Started by the first test that asks; its shutdown hook stops it. */
  private static final class Lazy {
    static final EmbeddedDatabase SERVER = start();
  }

  private TestDatabase() {}

  /** An empty database, nobody else's. */
  public static DatabaseSettings fresh() {
    String name = "stampede_test_" + DATABASES.incrementAndGet();
    execute("DROP DATABASE IF EXISTS " + name);
    execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    String url = "jdbc:mariadb://127.0.0.1:" + Lazy.SERVER.port() + "/" + name;
    return new DatabaseSettings(url, Lazy.SERVER.user(), Lazy.SERVER.password(), 4);
  }

  private static EmbeddedDatabase start() {
    try {
      return EmbeddedDatabase.start(DATA, OptionalInt.empty());
    } catch (DatabaseStartException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void execute(String sql) {
    try (Connection connection =
            DriverManager.getConnection(
                Lazy.SERVER.url(), Lazy.SERVER.user(), Lazy.SERVER.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
