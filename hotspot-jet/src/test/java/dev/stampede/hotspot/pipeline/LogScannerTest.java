package dev.stampede.hotspot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.pipeline.Sinks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogScannerTest {
  private static final long START = Instant.parse("2026-11-11T19:59:30Z").getEpochSecond();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneOffset.ofHours(8));

  private static LogScanner scanner;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    scanner = new LogScanner();
  }

  @AfterAll
  static void stop() {
    scanner.close();
  }

  /** What a test wrote itself, counted as it wrote. */
  private static final class Written {
    private final Map<String, SaleCount> counts = new HashMap<>();
    private final Map<String, Map<Long, Integer>> seconds = new HashMap<>();
    private final List<List<String>> files =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    Written(int lines) {
      Random random = new Random(42);
      for (int i = 0; i < lines; i++) {
        int at = (int) Math.abs(random.nextGaussian() * 5);
        String sale = "sale-" + at;
        boolean purchase = random.nextInt(5) == 0;
        long second = START + random.nextInt(90);
        files
            .get(random.nextInt(3))
            .add(
                purchase
                    ? line(second, "POST /api/sales/" + sale + "/orders")
                    : line(second, "GET /api/sales/" + sale + "/stock?n=" + i));
        counts.merge(
            sale,
            new SaleCount(sale, purchase ? 0 : 1, purchase ? 1 : 0),
            (a, b) -> new SaleCount(sale, a.reads() + b.reads(), a.purchases() + b.purchases()));
        seconds.computeIfAbsent(sale, _ -> new HashMap<>()).merge(second, 1, Integer::sum);
      }
    }

    List<SaleCount> hottest(int top) {
      return counts.values().stream()
          .sorted(
              Comparator.comparingLong(SaleCount::total).reversed().thenComparing(SaleCount::sale))
          .limit(top)
          .toList();
    }

    Peak peak(String sale) {
      int most = seconds.get(sale).values().stream().max(Integer::compare).orElseThrow();
      long first =
          seconds.get(sale).entrySet().stream()
              .filter(it -> it.getValue() == most)
              .mapToLong(Map.Entry::getKey)
              .min()
              .orElseThrow();
      return new Peak(most, first);
    }
  }

  @Test
  void scan_ofSeveralFiles_agreesWithWhoWroteThem() throws IOException {
    Written written = new Written(20_000);
    LogFiles logs =
        logs(
            plain("a.log", written.files.get(0)),
            gzip("b.log.gz", written.files.get(1)),
            gzip("c.log", written.files.get(2)));

    ScanTotals totals = scanner.totals(logs, 5);
    Map<String, Peak> peaks =
        scanner.peaks(logs, totals.hottest().stream().map(SaleCount::sale).toList());

    assertThat(totals)
        .isEqualTo(
            new ScanTotals(20_000, 0, null, 20_000, 0, written.counts.size(), written.hottest(5)));
    assertThat(peaks)
        .hasSize(5)
        .allSatisfy((sale, peak) -> assertThat(peak).isEqualTo(written.peak(sale)));
  }

  @Test
  void scan_ofAGzipInTwoMembers_readsBoth() throws IOException {
    Path file = gzip("a.gz", List.of(line(START, "GET /api/sales/x")));
    Files.write(file, Files.readAllBytes(file), StandardOpenOption.APPEND);

    assertThat(scanner.totals(logs(file), 1).hottest()).containsExactly(new SaleCount("x", 2, 0));
  }

  @Test
  void totals_whenLinesAreOfAnotherForm_countsThemAndNamesTheFirst() throws IOException {
    String good = line(START, "GET /api/sales/x");
    Path first = plain("first.log", List.of(good, good));
    Path second = plain("second.log", List.of(good, "what is this", good, ""));

    ScanTotals totals = scanner.totals(logs(first, second), 1);

    assertThat(totals.lines()).isEqualTo(6);
    assertThat(totals.malformed()).isEqualTo(2);
    assertThat(totals.firstMalformed()).isEqualTo(second + ":2");
    assertThat(totals.accesses()).isEqualTo(4);
  }

  @Test
  void totals_whenALineNeverEnds_takesLittleMemoryAndGoesOn() throws IOException {
    Path file = folder.resolve("long.log");
    Files.writeString(file, "x".repeat(50_000_000) + "\n" + line(START, "GET /api/sales/x"));

    ScanTotals totals = scanner.totals(logs(file), 1);

    assertThat(totals.lines()).isEqualTo(2);
    assertThat(totals.malformed()).isEqualTo(1);
    assertThat(totals.accesses()).isEqualTo(1);
  }

  @Test
  void scan_whenTimesAreGiven_countsOnlyBetweenThem() throws IOException {
    Path file =
        plain(
            "a.log",
            List.of(
                line(START, "GET /api/sales/before"),
                line(START + 1, "GET /api/sales/x"),
                line(START + 2, "GET /api/sales/after")));
    LogFiles logs = new LogFiles(List.of(file.toString()), START + 1, START + 2);

    assertThat(scanner.totals(logs, 9).hottest()).containsExactly(new SaleCount("x", 1, 0));
    assertThat(scanner.peaks(logs, List.of("x", "after")))
        .isEqualTo(Map.of("x", new Peak(1, START + 1)));
  }

  @Test
  void totals_whenThereAreTooManySales_saysHowManyAccessesItLeftOut() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      lines.add(line(START, "GET /api/sales/first"));
    }
    for (int i = 0; i < 1000; i++) {
      lines.add(line(START, "GET /api/sales/made-up-" + i));
    }
    LogFiles logs = logs(plain("a.log", lines));
    HazelcastInstance member = Hazelcast.newHazelcastInstance(alone());
    try {
      member.getJet().newJob(AccessLogScan.build(logs, 1, 100, Sinks.list("out"))).join();
      ScanTotals totals = member.<ScanTotals>getList("out").get(0);

      assertThat(totals.sales()).isEqualTo(100);
      assertThat(totals.accesses()).isEqualTo(1005);
      assertThat(totals.hottest()).containsExactly(new SaleCount("first", 5, 0));
      assertThat(totals.uncounted()).isEqualTo(1005 - 5 - 99);
    } finally {
      member.getLifecycleService().terminate();
    }
  }

  @Test
  void totals_whenAGzipIsCutOff_namesTheFile() throws IOException {
    Path file = gzip("a.gz", new Written(1000).files.get(0));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

    ScanTotals totals = scanner.totals(logs(file), 1);

    assertThat(totals.lines()).isBetween(1L, 999L);
    assertThat(scanner.cutFiles()).containsExactly(file.toString());
  }

  @Test
  void totals_ofNothing_areZero() throws IOException {
    assertThat(scanner.totals(logs(plain("empty.log", List.of())), 1))
        .isEqualTo(new ScanTotals(0, 0, null, 0, 0, 0, List.of()));
  }

  private static Config alone() {
    Config config = new Config();
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.logging.type", "none");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.max.join.seconds", "5");
    config.getJetConfig().setEnabled(true);
    config.getNetworkConfig().setPort(0).getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    return config;
  }

  private static LogFiles logs(Path... files) {
    return new LogFiles(
        List.of(files).stream().map(Path::toString).toList(), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static String line(long second, String request) {
    return "10.0.0.1 - - [%s] \"%s HTTP/1.1\" 200 99 \"-\" \"test\""
        .formatted(TIME.format(Instant.ofEpochSecond(second)), request);
  }

  private Path plain(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }

  private Path gzip(String name, List<String> lines) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}
