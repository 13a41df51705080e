package dev.stampede.load;

import dev.stampede.load.report.Threshold;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What to tell of a run, and where. */
final class OutputOptions {
  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec command;

  @Option(
      names = "--threshold",
      paramLabel = "BOUND",
      description =
          "A bound to keep, such as 'p99<200ms', 'buy.p999<1s' or 'oversold==0' (repeatable). Exit"
              + " 99 if crossed.")
  List<String> thresholds = new ArrayList<>();

  @Option(names = "--report", paramLabel = "FILE", description = "Write the report as JSON.")
  @Nullable Path report;

  @Option(names = "--html", paramLabel = "FILE", description = "Write the report as one HTML file.")
  @Nullable Path html;

  @Option(
      names = "--hdr",
      paramLabel = "FILE",
      description = "Write an HdrHistogram log, one histogram a second, in microseconds.")
  @Nullable Path hdr;

  @Option(names = "--json", description = "Print the JSON report; progress goes to stderr.")
  boolean json;

  @Option(names = "--no-color", description = "No colours (also NO_COLOR).")
  boolean noColor;

  /**
   * Checks what can be known before the run: better now than after it.
   *
   * @throws ParameterException for a file that cannot be written
   */
  void validate() {
    writable("--report", report);
    writable("--html", html);
    writable("--hdr", hdr);
  }

  private void writable(String name, @Nullable Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || folder == null || !Files.isWritable(folder)) {
      throw wrong(name + " " + file + ": expected a file in a folder that can be written to");
    }
  }

  /** The thresholds, understood. */
  List<Threshold> bounds() {
    try {
      return thresholds.stream().map(Threshold::parse).toList();
    } catch (IllegalArgumentException e) {
      throw wrong(Objects.toString(e.getMessage(), e.toString()));
    }
  }

  private ParameterException wrong(String message) {
    if (command == null) {
      throw new IllegalStateException("options without a command");
    }
    return new ParameterException(command.commandLine(), message);
  }
}
