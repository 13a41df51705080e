package dev.stampede.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of a test's own, in memory, that can be filled to the last byte. Needs root. */
final class SmallDisk implements AutoCloseable {

  private static final int MEBIBYTE = 1 << 20;

  private final Path folder;

  /**
   * Mounts one.
   *
   * @param folder where; is created
   * @param mebibytes how much it holds
   * @throws IOException where this machine does not allow it
   */
  SmallDisk(Path folder, int mebibytes) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString());
  }

  /** Leaves no room. */
  void fill() {
    byte[] zeros = new byte[MEBIBYTE];
    for (int size = MEBIBYTE; size > 0; size /= 4) {
      fill(zeros, size);
    }
  }

  private void fill(byte[] zeros, int size) {
    try (OutputStream out = Files.newOutputStream(folder.resolve("filler-" + size))) {
      while (true) {
        out.write(zeros, 0, size);
      }
    } catch (IOException _) {
      // full, which was the aim
    }
  }

  /** Makes room again. */
  void free() throws IOException {
    for (int size = MEBIBYTE; size > 0; size /= 4) {
      Files.deleteIfExists(folder.resolve("filler-" + size));
    }
  }

  @Override
  public void close() throws IOException {
    run("umount", folder.toString());
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said.strip());
    }
  }
}
