package dev.stampede.cli;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Ends this process with its parent: that one holds the other end of our standard input, which ends
 * with it however it dies.
 */
final class ParentWatch {

  /** For an option of the commands that are started by others. */
  static final String OPTION = "--child";

  private ParentWatch() {}

  /** From now on, the end of standard input ends this JVM in order, with its shutdown hooks. */
  static void start() {
    Thread.ofPlatform()
        .daemon()
        .name("parent-watch")
        .start(() -> {
          awaitEndOfInput();
          System.exit(ExitCode.OK);
        });
  }

  private static void awaitEndOfInput() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A broken pipe is an end as well.
    }
  }
}
