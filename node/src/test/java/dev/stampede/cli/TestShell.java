package dev.stampede.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Surroundings of a command whose output can be read. */
public final class TestShell {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Shell shell;

  /** The project's own files, this data folder, these variables. */
  public TestShell(Path data, Map<String, String> environment) {
    this.shell = new Shell(stream(out), stream(err), new Folders(home(), data), environment, false);
  }

  /** The project's folder, wherever the test was started. */
  static Path home() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("stampede.yaml")) ? here : here.getParent();
  }

  public Shell shell() {
    return shell;
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
