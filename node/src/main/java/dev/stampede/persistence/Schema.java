package dev.stampede.persistence;

import dev.stampede.config.DatabaseSettings;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.mariadb.jdbc.MariaDbDataSource;

/** Brings the tables up to date, from the migrations on the class path. */
final class Schema {

  /** What MariaDB says where there is no such database, or none that this user may know of. */
  private static final Set<Integer> NO_DATABASE = Set.of(1044, 1049);

  private Schema() {}

  /** Flyway holds a named lock of MariaDB meanwhile, so any number of nodes may do this at once. */
  static void migrate(DatabaseSettings settings) {
    try {
      Flyway.configure()
          .dataSource(dataSource(settings))
          .locations("classpath:migrations")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw refusal(settings, e);
    } catch (SQLException e) {
      throw new DatabaseException("not a usable database address: " + settings.url(), e);
    }
  }

  /** Without the pool's short patience: a migration may rebuild a large table. */
  private static MariaDbDataSource dataSource(DatabaseSettings settings) throws SQLException {
    MariaDbDataSource source = new MariaDbDataSource(settings.url());
    source.setUser(settings.user());
    source.setPassword(settings.password());
    source.setLoginTimeout(Database.CONNECT_MILLIS / 1_000);
    return source;
  }

  private static DatabaseException refusal(DatabaseSettings settings, FlywayException e) {
    String url = settings.url().replaceFirst("\\?.*", ""); // what follows may be secret
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return refusal(url, settings.user(), sql);
      }
    }
    String why = Objects.toString(e.getMessage(), e.toString()).replaceAll("\\s+", " ").strip();
    return new DatabaseException("the schema at " + url + " cannot be used: " + why, e);
  }

  private static DatabaseException refusal(String url, String user, SQLException cause) {
    String state = String.valueOf(cause.getSQLState());
    String what;
    if (state.startsWith("08")) {
      what = "database unreachable at " + url + "; start it, or set STAMPEDE_DB_URL";
    } else if (state.startsWith("28")) {
      what = url + " refuses " + user + "; set STAMPEDE_DB_USER and STAMPEDE_DB_PASSWORD";
    } else if (NO_DATABASE.contains(cause.getErrorCode())) {
      what = "no database for " + user + " at " + url + "; create it, or set STAMPEDE_DB_URL";
    } else {
      what = "the schema at " + url + " cannot be brought up to date";
    }
    return new DatabaseException(what, cause);
  }
}
