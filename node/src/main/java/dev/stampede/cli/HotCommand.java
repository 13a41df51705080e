package dev.stampede.cli;

import dev.stampede.hotspot.pipeline.LogFiles;
import dev.stampede.hotspot.pipeline.LogScanner;
import dev.stampede.sale.SaleId;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hot sales. */
@Command(
    name = "hot",
    header = "Finds hot sales in access logs, and shows which were hot.",
    synopsisSubcommandLabel = "COMMAND")
public final class HotCommand {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MAX_TOP = 1000;
  private static final int MAX_SPELLS = 100_000;

  private final Shell shell;

  /** With its surroundings. */
  public HotCommand(Shell shell) {
    this.shell = shell;
  }

  @Command(
      name = "scan",
      header = "Counts by sale what was asked for in access logs.",
      description = {
        "Reads logs of nginx in its combined format, plain or gzip, and names the sales that were"
            + " asked for most, with the busiest second of each over all files. Reads are GET of a"
            + " sale or its stock, purchases are POST of its orders, whatever was answered.",
        "Needs no cluster, and does not disturb one on the same machine. With --register, those of"
            + " the sales that a cluster has and that are not over are promoted there, each as by"
            + " `sale promote`, and what became of each is said; with --json, beside the output.",
        "Lines in another format are counted and said. Where all are, it ends with 2. If a gzip"
            + " ends in the middle, the figures are of what could be read, the file is named, and"
            + " it ends with 4."
      })
  int scan(
      @Mixin AdminAccess access,
      @Parameters(
              paramLabel = "LOG",
              arity = "1..*",
              description =
                  "Files, pipes, - for standard input, or patterns of names in quotes, such as"
                      + " 'logs/*.gz'.")
          List<String> logs,
      @Option(
              names = "--top",
              paramLabel = "N",
              defaultValue = "20",
              description = "How many sales, 1 to " + MAX_TOP + ". Default: ${DEFAULT-VALUE}")
          int top,
      @Option(
              names = "--since",
              paramLabel = "INSTANT",
              description = "Counts from then on, such as 2026-11-11T00:00:00Z.")
          @Nullable String since,
      @Option(names = "--until", paramLabel = "INSTANT", description = "Counts before then.")
          @Nullable String until,
      @Option(names = "--register", description = "Promotes these sales.") boolean register,
      @Option(
              names = LeadTime.OPTION,
              paramLabel = LeadTime.LABEL,
              defaultValue = "10m",
              description = "With --register: " + LeadTime.DESCRIPTION + " Default: 10m")
          String before,
      @Option(names = "--json", description = "Prints JSON.") boolean json) {
    if (top < 1 || top > MAX_TOP) {
      throw CommandException.usage(
          "--top: found " + top + ", expected a number from 1 to " + MAX_TOP);
    }
    long from = second("--since", since, Long.MIN_VALUE);
    long to = second("--until", until, Long.MAX_VALUE);
    List<String> names = LogNames.resolve(logs);
    Duration lead = LeadTime.parse(before);
    Optional<SaleClient> cluster = // or who has none would learn it after the scan
        register ? Optional.of(new SaleClient(access.api(shell))) : Optional.empty();
    HotReport report = scan(names, from, to, top);
    report.requireLines();
    if (json) {
      shell.say(report.json());
    } else {
      report.lines().forEach(shell::say);
    }
    cluster.ifPresent(client ->
        new Registration(client, lead).register(report.hottest(), json ? shell::note : shell::say));
    return report.cut().isEmpty() ? ExitCode.OK : ExitCode.INCOMPLETE;
  }

  @Command(
      name = "history",
      header = "Lists when sales were hot, the newest first.",
      description = {
        "One line a spell: since when, for how many seconds, the busiest second's accesses and"
            + " attempts to buy, and by whom it was found: nodes, kafka, or static for a sale that"
            + " was promoted. A spell that lasts is not there yet: ask a node's /api/hot."
      })
  int history(
      @Mixin AdminAccess access,
      @Option(names = "--sale", paramLabel = "ID", description = "Only of this sale.")
          @Nullable String sale,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "100",
              description = "How many, 1 to " + MAX_SPELLS + ". Default: ${DEFAULT-VALUE}")
          int limit,
      @Option(names = "--json", description = "Prints JSON.") boolean json) {
    if (limit < 1 || limit > MAX_SPELLS) {
      throw CommandException.usage(
          "--limit: found " + limit + ", expected a number from 1 to " + MAX_SPELLS);
    }
    if (sale != null && !SaleId.isValid(sale)) {
      throw CommandException.usage("--sale: found \"" + sale + "\", expected the id of a sale");
    }
    Api api = access.api(shell);
    HotSpells spells = HotSpells.read(api, sale, limit);
    if (json) {
      shell.say(api.print(spells.json()));
    } else {
      spells.table().lines().forEach(shell::say);
    }
    return ExitCode.OK;
  }

  private HotReport scan(List<String> names, long since, long until, int top) {
    try (LogSpool spool = new LogSpool(shell.folders().data())) {
      return scan(new LogFiles(spool.regular(names), names, since, until), top);
    }
  }

  private HotReport scan(LogFiles files, int top) {
    long bytes = LogNames.bytes(files.paths());
    try (LogScanner scanner = new LogScanner();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      if (shell.terminal()) {
        var _ =
            clock.scheduleAtFixedRate(
                () -> progress(scanner.bytesRead(), bytes),
                PATIENCE.toMillis(),
                PATIENCE.toMillis(),
                TimeUnit.MILLISECONDS);
      }
      return HotReport.of(scanner, files, top);
    } catch (UncheckedIOException e) {
      throw CommandException.environment(Objects.toString(e.getMessage(), e.toString()));
    }
  }

  /** Everything is read twice. */
  private void progress(long read, long bytes) {
    long percent = bytes == 0 ? 100 : Math.min(100, 50 * read / bytes);
    shell.note("scanning: %d %% of %,d MB".formatted(percent, bytes / 1_000_000));
  }

  /** Rounded up, as lines have whole seconds: those of the second before are out. */
  private static long second(String option, @Nullable String text, long otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      return Math.ceilDiv(Instant.parse(text).toEpochMilli(), 1000L);
    } catch (DateTimeParseException | ArithmeticException _) {
      throw CommandException.usage(
          option + ": found \"" + text + "\", expected an instant such as 2026-11-11T00:00:00Z");
    }
  }
}
