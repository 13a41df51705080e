package dev.stampede.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The load generator in a process of its own; its progress shows as it comes. */
final class LoadProcess {

  /** Longer than the load generator's own default: the nodes have just been started. */
  static final Duration WARM_UP = Duration.ofSeconds(3);

  /** Kills what it becomes, once standard input ends: with our own end, however that comes. */
  private static final String ENDS_WITH_PARENT =
      "exec 3<&0; { cat <&3; kill -9 $$; } >/dev/null 2>&1 & exec \"$@\" 3<&-";

  private final Process process;

  private LoadProcess(Process process) {
    this.process = process;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "stop-load"));
  }

  /**
   * Starts it.
   *
   * @param nodes all get their part of the load
   * @param rate arrivals a second
   * @param seconds how long buyers come
   * @param more further options of the load generator
   */
  static LoadProcess start(
      Folders folders, List<String> nodes, int rate, int seconds, String... more) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", ENDS_WITH_PARENT, "sh"));
    command.addAll(List.of(Folders.java(), "@" + folders.loadJvmOptions()));
    command.addAll(List.of("-jar", folders.loadJar().toString()));
    command.addAll(List.of("--target", String.join(",", nodes)));
    command.addAll(List.of("--rate", String.valueOf(rate), "--duration", seconds + "s"));
    command.addAll(List.of("--warmup", WARM_UP.toSeconds() + "s", "--until-expired", "--json"));
    command.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(folders.asEnvironment());
    try {
      return new LoadProcess(builder.start());
    } catch (IOException e) {
      throw CommandException.environment("cannot start the load generator: " + e.getMessage());
    }
  }

  /**
   * Waits for its end and returns its report.
   *
   * @throws CommandException where it has none; it has said why
   */
  ObjectNode awaitReport() throws InterruptedException {
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      process.getOutputStream().close();
      int begin = out.indexOf('{');
      if (begin < 0) {
        throw CommandException.environment(
            "the load generator ended with status " + status + " and no report");
      }
      return new JsonMapper().readValue(out.substring(begin), ObjectNode.class);
    } catch (IOException | JacksonException e) {
      throw CommandException.environment("no report of the load generator: " + e.getMessage());
    }
  }
}
