package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseProcessIT {
  /** One for all, because every new one has to unpack the server. */
  @TempDir static Path data;

  private final List<DatabaseProcess> started = new ArrayList<>();

  @AfterEach
  void stopAll() {
    started.forEach(DatabaseProcess::stop);
  }

  @Test
  void stop_always_endsTheServerToo() {
    DatabaseProcess database = start(OptionalInt.empty());
    ProcessHandle server = server(database);

    database.stop();

    assertThat(database.isAlive()).isFalse();
    assertThat(server.isAlive()).isFalse();
  }

  @Test
  void start_whenServerWasKilled_worksOnTheSamePort() {
    DatabaseProcess first = start(OptionalInt.empty());
    server(first).destroyForcibly();
    await().until(() -> !first.isAlive());

    DatabaseProcess second = start(OptionalInt.of(first.port()));

    assertThat(second.url()).isEqualTo(first.url());
    assertThat(second.password()).isEqualTo(first.password());
  }

  @Test
  void start_whenFolderIsInUse_saysSoAsTheDatabaseDoes() {
    start(OptionalInt.empty());

    assertThatThrownBy(() -> start(OptionalInt.empty()))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("the database in " + data)
        .hasMessageContaining("is in use by process");
  }

  private DatabaseProcess start(OptionalInt port) {
    DatabaseProcess database = DatabaseProcess.start(new Folders(Path.of(""), data), port);
    started.add(database);
    return database;
  }

  private static ProcessHandle server(DatabaseProcess database) {
    return ProcessHandle.of(database.serverPid()).orElseThrow();
  }
}
