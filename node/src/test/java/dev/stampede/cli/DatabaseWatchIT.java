package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseWatchIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir private Path data;
  private final List<DatabaseProcess> started = new CopyOnWriteArrayList<>();
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger failures = new AtomicInteger();
  private final DatabaseWatch watch = new DatabaseWatch(this::start, ended::get, notes::add);

  @AfterEach
  void stopAll() {
    ended.set(true);
    started.forEach(DatabaseProcess::stop);
  }

  @Test
  void watch_whenTheServerIsKilledTwice_startsItAgainOnItsPort() {
    DatabaseProcess first = start(OptionalInt.empty());
    watch.watch(first);

    kill(first);
    await().atMost(LIMIT).until(() -> started.size() == 2 && notes.size() == 2);
    kill(started.getLast());
    await().atMost(LIMIT).until(() -> started.size() == 3 && notes.size() == 4);

    assertThat(started.getLast().port()).isEqualTo(first.port());
    assertThat(notes.get(0)).contains("the database has ended", "status 137");
    assertThat(notes.get(1)).contains("back on port " + first.port());
  }

  @Test
  void watch_whenAStartFails_saysWhyAndTriesAgain() {
    DatabaseProcess first = start(OptionalInt.empty());
    watch.watch(first);
    failures.set(1);

    kill(first);

    await().atMost(LIMIT).until(() -> notes.size() == 3);
    assertThat(notes.get(1)).isEqualTo("the database did not start (1 of 8): the disk is full");
    assertThat(notes.get(2)).contains("back on port");
  }

  @Test
  void watch_whenTheClusterEnds_startsNothing() {
    DatabaseProcess first = start(OptionalInt.empty());
    watch.watch(first);
    ended.set(true);

    first.stop();

    await()
        .during(Duration.ofMillis(500))
        .atMost(LIMIT)
        .until(() -> started.size() == 1 && notes.isEmpty());
  }

  @Test
  void pauses_always_growUpToABound() {
    assertThat(LongStream.rangeClosed(2, DatabaseWatch.MOST_STARTS))
        .extracting(start -> DatabaseWatch.pauseSeconds(start.intValue()))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
  }

  private DatabaseProcess start(OptionalInt port) {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw CommandException.environment("the disk is full");
    }
    DatabaseProcess database = DatabaseProcess.start(new Folders(Path.of(""), data), port);
    started.add(database);
    return database;
  }

  private static void kill(DatabaseProcess database) {
    ProcessHandle.of(database.serverPid()).orElseThrow().destroyForcibly();
  }
}
