package dev.stampede.cli;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Starts the database of a cluster again when it ends by itself, and says so. The nodes go on
 * meanwhile: what they sell waits in the grid.
 *
 * <p>It gives up after {@value #MOST_STARTS} starts in a row, with pauses that grow from one second
 * to {@value #MOST_PAUSE_SECONDS}. A database that has run for a minute begins a new row.
 *
 * <p>Threads: one of its own for each end of the database; never two at a time.
 */
final class DatabaseWatch {

  static final int MOST_STARTS = 8;
  static final long MOST_PAUSE_SECONDS = 30;

  private static final Duration STABLE = Duration.ofMinutes(1);

  private final Starter starter;
  private final BooleanSupplier ended;
  private final Consumer<String> notes;
  private int starts;

  /** Starts the database once more, and keeps it. */
  interface Starter {

    /**
     * The database, on the port that the nodes know.
     *
     * @throws CommandException if it does not start
     */
    DatabaseProcess start(OptionalInt port);
  }

  /**
   * A watch of no database yet.
   *
   * @param ended whether the cluster ends, so that nothing is to be started any more
   * @param notes is told what happens
   */
  DatabaseWatch(Starter starter, BooleanSupplier ended, Consumer<String> notes) {
    this.starter = starter;
    this.ended = ended;
    this.notes = notes;
  }

  /** Watches a database that runs. */
  void watch(DatabaseProcess database) {
    long started = System.nanoTime();
    database.whenEnded(lastWords -> {
      if (!ended.getAsBoolean()) {
        if (System.nanoTime() - started >= STABLE.toNanos()) {
          starts = 0;
        }
        notes.accept(
            "the database has ended: " + lastWords + ". Purchases go on; it is started again");
        startAgain(OptionalInt.of(database.port()));
      }
    });
  }

  private void startAgain(OptionalInt port) {
    long since = System.nanoTime();
    while (starts < MOST_STARTS && !ended.getAsBoolean()) {
      starts++;
      try {
        pause(starts);
        DatabaseProcess database = starter.start(port);
        long millis = Duration.ofNanos(System.nanoTime() - since).toMillis();
        notes.accept(
            "the database is back on port " + database.port() + " after " + millis + " ms");
        watch(database);
        return;
      } catch (CommandException e) {
        if (!ended.getAsBoolean()) {
          notes.accept(
              "the database did not start ("
                  + starts
                  + " of "
                  + MOST_STARTS
                  + "): "
                  + e.getMessage());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    if (!ended.getAsBoolean()) {
      notes.accept(
          "the database is not started any more. Orders wait in the grid, so do not stop all nodes:"
              + " mend it (its log: data/logs/mariadb.log), and run ./stampede db --port "
              + port.orElseThrow());
    }
  }

  /** 1, 2, 4, … seconds before the second, third, fourth start in a row; none before the first. */
  private static void pause(int start) throws InterruptedException {
    if (start > 1) {
      Thread.sleep(Duration.ofSeconds(pauseSeconds(start)));
    }
  }

  static long pauseSeconds(int start) {
    return Math.min(MOST_PAUSE_SECONDS, 1L << (start - 2));
  }
}
