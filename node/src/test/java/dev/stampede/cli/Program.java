package dev.stampede.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged program in a process of its own, as a user runs it. */
final class Program implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /** {@code up} kills its nodes after 45 s, and its database after 30 s more. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

  private static final Duration READ_LIMIT = Duration.ofSeconds(20);

  private final Process process;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  /** Itself and all that it ever started, as far as was seen. */
  private final Set<ProcessHandle> family = ConcurrentHashMap.newKeySet();

  /** Ends once everything that was said has been read, some time after the process has. */
  private final Thread reader;

  private Program(Process process) {
    this.process = process;
    family.add(process.toHandle());
    reader = Thread.ofVirtual().start(this::read);
  }

  /**
   * Starts a command on a data folder, in a heap that a node accepts; no setting of whoever runs
   * the tests gets through.
   */
  static Program start(Path data, String... arguments) {
    Path jar = TestShell.home().resolve("node/target/stampede-node.jar");
    assertThat(jar).as("packaged by the phase before").exists();
    return start(data, List.of(Folders.java(), "-Xmx2g", "-jar", jar.toString()), arguments);
  }

  /** The same with these variables as well. */
  static Program start(Path data, Map<String, String> variables, String... arguments) {
    Path jar = TestShell.home().resolve("node/target/stampede-node.jar");
    return start(
        data, List.of(Folders.java(), "-Xmx2g", "-jar", jar.toString()), variables, arguments);
  }

  /** The same by the launcher. */
  static Program launch(Path data, String... arguments) {
    return start(data, List.of(TestShell.home().resolve("stampede").toString()), arguments);
  }

  /** The same by a program of the test's. */
  static Program start(Path data, List<String> program, String... arguments) {
    return start(data, program, Map.of(), arguments);
  }

  private static Program start(
      Path data, List<String> program, Map<String, String> variables, String... arguments) {
    Path home = TestShell.home();
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("STAMPEDE_"));
    builder.environment().putAll(new Folders(home, data).asEnvironment());
    builder.environment().putAll(variables);
    try {
      return new Program(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        process.descendants().forEach(family::add);
      }
    } catch (IOException e) {
      lines.add(String.valueOf(e.getMessage()));
    }
  }

  String output() {
    return String.join("\n", lines);
  }

  /** Waits until it has said something. */
  void awaitOutput(String text) {
    await()
        .atMost(START_LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> output().contains(text) || !reader.isAlive());
    assertThat(output()).contains(text);
    process.descendants().forEach(family::add);
  }

  /** Waits for its end, and until all that it said is read; returns its status. */
  int awaitEnd(Duration limit) {
    try {
      assertThat(process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)).as(output()).isTrue();
      assertThat(reader.join(READ_LIMIT)).as("all is read").isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** SIGTERM, which does as Ctrl-C does; shells may hide that from what runs in the background. */
  void stop() {
    process.toHandle().destroy();
  }

  /** As a power cut would, but for this process only. */
  void kill() {
    process.destroyForcibly();
  }

  /** Every process that it started, and itself. */
  Stream<ProcessHandle> family() {
    return family.stream();
  }

  /** Waits until nothing of it runs. */
  void awaitNothingLeft() {
    await()
        .atMost(STOP_LIMIT)
        .untilAsserted(() -> assertThat(family()).noneMatch(ProcessHandle::isAlive));
    await().atMost(READ_LIMIT).until(() -> !reader.isAlive());
  }

  /** What is in a data folder, by name. */
  static List<String> contents(Path data) {
    try (Stream<Path> files = Files.list(data)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whatever the test did, nothing stays. */
  @Override
  public void close() {
    process.descendants().forEach(family::add);
    family.forEach(ProcessHandle::destroyForcibly);
  }
}
