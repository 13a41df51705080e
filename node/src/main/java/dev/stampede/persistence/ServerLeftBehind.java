package dev.stampede.persistence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * A server that already runs on our tables.
 *
 * <p>Whether there is one is told by the lock that InnoDB holds on its first file: it is gone with
 * its process, however that ended, so a number in a file that now belongs to another process does
 * no harm. Without this look, a second server would try for 30 s before it gives up.
 */
record ServerLeftBehind(DatabaseFiles files) {

  /**
   * Ends the server whose owner is gone; refuses to touch one that is in use.
   *
   * @throws DatabaseStartException where the server belongs to a process that lives, or is not ours
   */
  void endOrRefuse() throws IOException {
    if (!isRunning()) {
      return;
    }
    Optional<ProcessHandle> server = process(files.serverPid()).filter(this::isOurServer);
    Optional<ProcessHandle> owner = owner();
    if (server.isEmpty() || server.get().parent().equals(owner)) {
      throw new DatabaseStartException(
          "the database in %s is in use by %s; stop it first"
              .formatted(
                  files.folder(),
                  owner.map(process -> "process " + process.pid()).orElse("another server")));
    }
    EmbeddedDatabase.end(server.get());
  }

  private boolean isRunning() throws IOException {
    Path held = files.tables().resolve("ibdata1");
    if (Files.notExists(held)) {
      return false;
    }
    try (FileChannel channel =
        FileChannel.open(held, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null; // ours is released by closing
    }
  }

  private static Optional<ProcessHandle> process(Path pidFile) throws IOException {
    if (Files.notExists(pidFile)) {
      return Optional.empty();
    }
    String pid = Files.readString(pidFile).strip();
    return pid.matches("\\d{1,9}") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
  }

  private Optional<ProcessHandle> owner() throws IOException {
    return Files.notExists(files.ownerPid())
        ? Optional.empty()
        : ProcessIdentity.parse(Files.readString(files.ownerPid()).strip())
            .flatMap(ProcessIdentity::handle);
  }

  /** The server writes its number alone, so its command line says whether it is that one. */
  private boolean isOurServer(ProcessHandle process) {
    List<String> arguments = process.info().arguments().map(List::of).orElse(List.of());
    return process.info().command().filter(path -> path.endsWith("/mariadbd")).isPresent()
        && arguments.contains("--datadir=" + files.tables());
  }
}
