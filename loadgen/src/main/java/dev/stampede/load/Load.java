package dev.stampede.load;

import dev.stampede.load.plan.Mix;
import dev.stampede.load.report.HtmlReport;
import dev.stampede.load.report.JsonReport;
import dev.stampede.load.report.RunReport;
import dev.stampede.load.report.Style;
import dev.stampede.load.report.Summary;
import dev.stampede.load.report.Threshold;
import dev.stampede.load.server.ServerException;
import dev.stampede.load.verdict.Verdict;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code stampede load}. */
@Command(
    name = "stampede load",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    header = "Sends buyers to a running sale and proves that nothing went wrong.",
    description = {
      "",
      "Buyers arrive at a set rate whatever the answers do (an open model). Each reads the sale and"
          + " its stock, buys, and pays, cancels or leaves. Latency counts from the intended start."
          + " Calls that a dying server left unanswered are asked about until the truth is known.",
      "",
      "In the end every order that a buyer was told about is looked up in the database, and sums,"
          + " limits and states are compared. 409 and 429 are answers, not errors.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the verdict is a pass and every threshold was kept",
      "1:the verdict is a failure, or the run proves nothing",
      "2:wrong options",
      "3:no server, secret or file where one is needed",
      "99:a threshold was crossed",
      "130:interrupted"
    },
    footer = {
      "",
      "Example: stampede load --sale sneaker --rate 3000 --duration 30s --threshold 'buy.p99<200ms'"
    })
public final class Load implements Callable<Integer> {
  private static final URI DEFAULT_TARGET = URI.create("http://127.0.0.1:8080");
  private static final int RUN_NAME_BITS = 40;

  @Spec private @Nullable CommandSpec command;
  @Mixin private final LoadOptions options = new LoadOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  private final Stop stop;

  Load(Stop stop) {
    this.stop = stop;
  }

  public static void main(String[] arguments) {
    // Figures look the same wherever they are printed.
    Locale.setDefault(Locale.ROOT);
    System.setOut(utf8(FileDescriptor.out));
    System.setErr(utf8(FileDescriptor.err));
    Stop stop = new Stop();
    stop.watch();
    int code = execute(new Load(stop), arguments);
    stop.done();
    System.exit(code);
  }

  private static PrintStream utf8(FileDescriptor stream) {
    return new PrintStream(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
  }

  /** Runs the command; the exit code. Errors are one line. */
  static int execute(Load load, String... arguments) {
    return commandLine(load).execute(arguments);
  }

  static CommandLine commandLine(Load load) {
    return new CommandLine(load)
        .setParameterExceptionHandler((wrong, _) -> {
          PrintWriter err = wrong.getCommandLine().getErr();
          err.println("stampede load: " + wrong.getMessage() + " (see --help)");
          return ExitCode.USAGE.number();
        });
  }

  @Override
  public Integer call() {
    try {
      return run().number();
    } catch (LoadException e) {
      commandLine().getErr().println("stampede load: " + e.getMessage());
      return e.code().number();
    } catch (ServerException e) {
      commandLine().getErr().println("stampede load: " + e.getMessage());
      return ExitCode.ENVIRONMENT.number();
    }
  }

  private CommandLine commandLine() {
    if (command == null) {
      throw new IllegalStateException("called outside a command line");
    }
    return command.commandLine();
  }

  private ExitCode run() {
    options.validate();
    output.validate();
    Mix mix = options.mix();
    List<Threshold> bounds = output.bounds();
    DataFolder data = new DataFolder(System.getenv());
    String run = Long.toString(ThreadLocalRandom.current().nextLong(1L << RUN_NAME_BITS), 36);
    Credentials credentials = Credentials.of(options, data, run);
    List<URI> targets = targets(data);
    Terminal terminal = Terminal.of(output.json ? commandLine().getErr() : commandLine().getOut());
    terminal.line(
        "load run %s: %s for %d s against %s"
            .formatted(
                run,
                options.closed
                    ? options.users + " users"
                    : "%.0f arrivals/s".formatted(options.rate),
                options.duration.toSeconds(),
                targets.stream().map(URI::getAuthority).toList()));
    try (LoadRun load =
        new LoadRun(options, output.hdr, targets, credentials, run, terminal, stop)) {
      return tell(load.run(mix), bounds, terminal);
    }
  }

  private List<URI> targets(DataFolder data) {
    if (!options.targets.isEmpty()) {
      return options.targets;
    }
    List<URI> nodes = data.nodes();
    return nodes.isEmpty() ? List.of(DEFAULT_TARGET) : nodes;
  }

  private ExitCode tell(RunReport report, List<Threshold> bounds, Terminal terminal) {
    List<Threshold.Checked> checked = bounds.stream().map(bound -> bound.check(report)).toList();
    if (output.json) {
      terminal.line("");
      commandLine().getOut().println(JsonReport.of(report, checked));
    } else {
      Style style = Terminal.style(output.noColor, System.getenv());
      Summary.of(report, checked, style).forEach(terminal::line);
    }
    write(output.report, JsonReport.of(report, checked));
    write(output.html, HtmlReport.of(report, checked));
    if (report.interrupted()) {
      return ExitCode.INTERRUPTED;
    }
    if (report.verdict().result() != Verdict.Result.PASS) {
      return ExitCode.VERDICT_FAILED;
    }
    return checked.stream().allMatch(Threshold.Checked::kept)
        ? ExitCode.OK
        : ExitCode.THRESHOLD_CROSSED;
  }

  private static void write(@Nullable Path file, String text) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new LoadException(
          ExitCode.ENVIRONMENT, "%s cannot be written: %s".formatted(file, e.getMessage()));
    }
  }
}
