package dev.stampede.cli;

import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The embedded database of a cluster: started with it, started again when it ends by itself,
 * stopped with it.
 *
 * <p>Any thread may use it. A stop that comes during a start waits, so that it has something to
 * stop.
 */
final class ClusterDatabase {

  private final Progress progress;
  private final BooleanSupplier ended;
  private final Consumer<String> notes;
  private @Nullable DatabaseProcess database;

  /**
   * A database that does not run yet.
   *
   * @param ended whether the cluster ends; then nothing is started any more
   * @param notes is told when the database ends by itself, and when it is back
   */
  ClusterDatabase(Progress progress, BooleanSupplier ended, Consumer<String> notes) {
    this.progress = progress;
    this.ended = ended;
    this.notes = notes;
  }

  /**
   * Starts it, and says how to log in.
   *
   * @param folders where it keeps its data
   * @throws CommandException if it does not start
   */
  synchronized Run.Login start(Folders folders) {
    progress.begin("database");
    DatabaseProcess started = DatabaseProcess.start(folders, OptionalInt.empty());
    database = started;
    new DatabaseWatch(port -> startAgain(folders, port), ended, notes).watch(started);
    progress.done("MariaDB at 127.0.0.1:" + started.port());
    return new Run.Login(started.url(), started.user(), started.password());
  }

  private synchronized DatabaseProcess startAgain(Folders folders, OptionalInt port) {
    if (ended.getAsBoolean()) {
      throw CommandException.environment("the cluster ends");
    }
    DatabaseProcess started = DatabaseProcess.start(folders, port);
    database = started;
    return started;
  }

  /** Stops it where it was started, and returns when it has ended. May be repeated. */
  synchronized void stop() {
    if (database != null) {
      database.stop();
    }
  }
}
