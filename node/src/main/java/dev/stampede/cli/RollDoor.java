package dev.stampede.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where {@code roll} knocks: a socket in the data folder, open to the folder's user only. Who
 * connects wants a rolling restart, and is told how it goes; there is one at a time.
 *
 * <p>Threads: one of its own waits for visitors, and each has another; any may close it.
 */
final class RollDoor implements AutoCloseable {

  private static final String FILE = "roll.sock";
  private static final String OWNER_ONLY = "rw-------";

  private final Path file;
  private final ServerSocketChannel door;
  private final Work work;
  private final AtomicBoolean busy = new AtomicBoolean();

  /** Who hears how it goes. */
  interface Visitor {

    /** Says something, and whether somebody is still there to hear it. */
    boolean tell(RollNews news);
  }

  /** What is done for a visitor. */
  interface Work {

    /** Does it and says how it ended. */
    RollNews.Ended run(Visitor visitor);
  }

  private RollDoor(Path file, ServerSocketChannel door, Work work) {
    this.file = file;
    this.door = door;
    this.work = work;
  }

  /** Where the door of a data folder is. */
  static Path in(Path dataFolder) {
    return dataFolder.resolve(FILE);
  }

  /**
   * Opens the door; whatever an ended run left there goes.
   *
   * @throws IOException where it cannot be, as in a folder whose path has more than about 100 bytes
   */
  static RollDoor open(Path dataFolder, Work work) throws IOException {
    Path file = in(dataFolder);
    Files.deleteIfExists(file);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      var _ = channel.bind(UnixDomainSocketAddress.of(file));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OWNER_ONLY));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    RollDoor door = new RollDoor(file, channel, work);
    Thread.ofPlatform().daemon().name("roll-door").start(door::receive);
    return door;
  }

  private void receive() {
    try {
      while (true) {
        SocketChannel visitor = door.accept();
        Thread.ofPlatform().daemon().name("roll").start(() -> serve(visitor));
      }
    } catch (IOException e) {
      // Closed: nobody is received any more.
    }
  }

  private void serve(SocketChannel channel) {
    try (PrintStream out =
        new PrintStream(Channels.newOutputStream(channel), true, StandardCharsets.UTF_8)) {
      Visitor visitor =
          news -> {
            out.println(news.line());
            return !out.checkError();
          };
      var _ = visitor.tell(busy.compareAndSet(false, true) ? serve(visitor) : refusal());
    }
  }

  private RollNews.Ended serve(Visitor visitor) {
    try {
      return work.run(visitor);
    } finally {
      busy.set(false);
    }
  }

  private static RollNews.Ended refusal() {
    return new RollNews.Ended(
        ExitCode.ENVIRONMENT, "a roll is already going on: wait for its end, then try again");
  }

  @Override
  public void close() {
    try {
      door.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
