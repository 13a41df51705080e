package dev.stampede.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One node in a process of its own, seen from the command that started it.
 *
 * <p>It does not hear Ctrl-C in the terminal: its parent does, and stops nodes before the database.
 * It ends when its parent does, however that ends, because then its standard input does.
 */
final class NodeProcess {

  /** The variable that holds more options for the JVMs of nodes. */
  static final String JAVA_OPTIONS = "STAMPEDE_JAVA_OPTS";

  /** Of logback.xml: that a node writes its log itself, and where. */
  private static final String LOG_TARGET = "STAMPEDE_LOG_TARGET";

  private static final String LOG_FILE = "STAMPEDE_LOG_FILE";

  /** The variable that holds the file in which the JVM of a node keeps what it learned. */
  static final String AOT_OUTPUT = "STAMPEDE_AOT_OUTPUT";

  /** Ignored signals stay ignored through exec, and the JVM leaves them so. */
  private static final String DEAF = "trap '' INT HUP; exec \"$@\"";

  private static final int CONNECT_MILLIS = 200;

  private final NodePlace place;
  private final Path log;
  private final ProcessBuilder builder;
  private final Process process;
  private volatile boolean killed;
  private volatile boolean stopped;

  private NodeProcess(NodePlace place, Path log, ProcessBuilder builder) {
    this.place = place;
    this.log = log;
    this.builder = builder;
    try {
      this.process = builder.start();
    } catch (IOException e) {
      throw CommandException.environment("cannot start " + place.name() + ": " + e.getMessage());
    }
  }

  /**
   * Starts a node; it is not ready yet.
   *
   * @param settings environment variables that say all about it but its place
   */
  static NodeProcess start(Folders folders, NodePlace place, Map<String, String> settings) {
    Path log = folders.log(place.name());
    // The node turns this file over when it is large, so both sides have to append to it.
    ProcessBuilder builder =
        new ProcessBuilder(command(folders, place, settings))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(settings);
    builder.environment().putAll(folders.asEnvironment());
    builder.environment().put(LOG_FILE, log.toAbsolutePath().toString());
    builder.environment().put(LOG_TARGET, "-file");
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      var _ = Files.deleteIfExists(log);
    } catch (IOException e) {
      throw CommandException.environment("cannot write " + log + ": " + e.getMessage());
    }
    return new NodeProcess(place, log, builder);
  }

  /** Starts it once more, where it was; its log goes on. */
  NodeProcess startAgain() {
    return new NodeProcess(place, log, builder);
  }

  private static List<String> command(
      Folders folders, NodePlace place, Map<String, String> settings) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", DEAF, "sh"));
    command.add(Folders.java());
    command.add("@" + folders.jvmOptions());
    if (Files.exists(folders.startCache())) {
      command.addAll(List.of("-XX:AOTCache=" + folders.startCache(), "-Xlog:aot=off"));
    }
    command.addAll(options(settings.getOrDefault(JAVA_OPTIONS, "")));
    if (settings.containsKey(AOT_OUTPUT)) { // apart: its path may hold blanks
      command.addAll(List.of("-XX:AOTCacheOutput=" + settings.get(AOT_OUTPUT), "-Xlog:aot=off"));
    }
    command.addAll(List.of("-jar", folders.nodeJar().toString(), "node", ParentWatch.OPTION));
    command.addAll(List.of("--name", place.name()));
    command.addAll(List.of("--role", place.role().word()));
    command.addAll(List.of("--http-port", String.valueOf(place.httpPort())));
    command.addAll(List.of("--grid-port", String.valueOf(place.gridPort())));
    return command;
  }

  private static List<String> options(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  NodePlace place() {
    return place;
  }

  /** Its line in {@code run.yaml}. */
  Run.Member member() {
    return new Run.Member(place.name(), place.url(), place.grid(), process.pid());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether other nodes can reach it, so that they find it when they start. */
  boolean acceptsMembers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(place.gridHost(), place.gridPort()), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Tells it to drain and end. */
  void stop() {
    stopped = true;
    var _ = process.toHandle().destroy();
  }

  /** Ends it at once, as a fault would. */
  void kill() {
    killed = true;
    var _ = process.toHandle().destroyForcibly();
  }

  /** Whether it has ended within so much time; an interrupt counts as no. */
  boolean awaitEnd(Duration time) {
    try {
      return process.waitFor(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Calls back when it ends without having been told to. */
  void whenLost(Runnable action) {
    var _ =
        process
            .onExit()
            .thenRun(() -> {
              if (!stopped) {
                action.run();
              }
            });
  }

  /** What to say of its end: its status, what it said last, and where it said more. */
  String obituary() {
    if (killed) {
      return place.name() + " was killed";
    }
    return place.name() + " ended with status " + process.exitValue() + ": " + lastWords();
  }

  /** What it said last, and where it said more. */
  String lastWords() {
    return lastLine() + " (its log: " + log + ")";
  }

  private String lastLine() {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.isEmpty() ? "it said nothing" : lines.getLast().strip();
    } catch (IOException e) {
      return "its log cannot be read";
    }
  }
}
