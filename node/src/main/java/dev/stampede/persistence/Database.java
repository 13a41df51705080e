package dev.stampede.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.stampede.config.DatabaseSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** A pool of connections to MariaDB, with the schema in place. Any thread may use it. */
public final class Database implements AutoCloseable {

  /** How long one connection may take, in milliseconds. */
  static final int CONNECT_MILLIS = 2_000;

  /** How long the database may be silent while an answer is due, in milliseconds. */
  private static final int SOCKET_MILLIS = 10_000;

  /** How long to wait for a row's lock: shorter than the silence that counts as an outage. */
  private static final int LOCK_WAIT_SECONDS = 5;

  private final HikariDataSource pool;

  private Database(HikariDataSource pool) {
    this.pool = pool;
  }

  /**
   * Connects, and brings the schema up to date. Several nodes may do so at once: one of them
   * migrates, the others wait for it.
   *
   * @throws DatabaseException where the database cannot be reached or refuses, with one line that
   *     says why and what to do
   */
  public static Database open(DatabaseSettings settings) {
    Schema.migrate(settings);
    return connect(settings);
  }

  /**
   * Uses a database as it is, for who only looks: a login that may do no more than SELECT is
   * enough. Whether it can be reached shows when it is asked.
   */
  public static Database connect(DatabaseSettings settings) {
    return new Database(new HikariDataSource(poolConfig(settings)));
  }

  private static HikariConfig poolConfig(DatabaseSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("stampede");
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.poolSize());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_MILLIS + 500L);
    config.setInitializationFailTimeout(-1); // the first who asks hears of it
    config.setAutoCommit(false);
    // Writers of one shard meet at its row. Reading committed rows keeps writers of different
    // shards from meeting at the gaps between their keys.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setDataSourceProperties(driverProperties());
    return config;
  }

  private static Properties driverProperties() {
    Properties driver = new Properties();
    driver.setProperty("connectTimeout", String.valueOf(CONNECT_MILLIS));
    driver.setProperty("socketTimeout", String.valueOf(SOCKET_MILLIS));
    driver.setProperty("rewriteBatchedStatements", "true");
    // Strict, whatever the server's default: text that does not fit is refused, never cut.
    driver.setProperty(
        "sessionVariables",
        "innodb_lock_wait_timeout="
            + LOCK_WAIT_SECONDS
            + ",sql_mode=concat(@@sql_mode,',STRICT_TRANS_TABLES')");
    return driver;
  }

  /** What is done within one transaction. */
  @FunctionalInterface
  interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  /**
   * Does all of the work, or none of it.
   *
   * @param what names the work in an error, as in "storing x/0"
   * @throws DatabaseException where nothing is known to be done; a commit whose answer was lost may
   *     have been done nevertheless
   */
  <T> T transaction(String what, Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      T result = work.in(connection);
      connection.commit();
      return result; // on an exception, the pool rolls back when it takes the connection back
    } catch (SQLException e) {
      throw new DatabaseException(what + " failed", e);
    }
  }

  /** Ends the pool; work that goes on is cut off. */
  @Override
  public void close() {
    pool.close();
  }
}
