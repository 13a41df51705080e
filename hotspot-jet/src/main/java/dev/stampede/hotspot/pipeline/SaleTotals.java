package dev.stampede.hotspot.pipeline;

import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts lines and accesses by sale, for a bounded number of sales. Used by one thread at a time.
 */
final class SaleTotals implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final Comparator<SaleCount> HOTTEST_FIRST =
      Comparator.comparingLong(SaleCount::total).reversed().thenComparing(SaleCount::sale);

  private final LogFiles logs;
  private final int maxSales;
  private final Map<String, SaleCount> sales = new HashMap<>();
  private long lines;
  private long malformed;
  private int firstFile = Integer.MAX_VALUE;
  private long firstNumber;
  private long uncounted;

  SaleTotals(LogFiles logs, int maxSales) {
    this.logs = logs;
    this.maxSales = maxSales;
  }

  void add(LogLine line) {
    lines++;
    AccessLogLine parsed = AccessLogLine.parse(line.text()).orElse(null);
    if (parsed == null) {
      malformed++;
      notice(line.file(), line.number());
    } else if (logs.include(parsed)) {
      SaleAccess.of(parsed).map(SaleCount::of).ifPresent(this::add);
    }
  }

  void add(SaleTotals other) {
    lines += other.lines;
    malformed += other.malformed;
    uncounted += other.uncounted;
    notice(other.firstFile, other.firstNumber);
    other.sales.values().forEach(this::add);
  }

  private void add(SaleCount more) {
    SaleCount count = sales.get(more.sale());
    if (count == null && sales.size() >= maxSales) {
      uncounted += more.total();
    } else {
      sales.put(more.sale(), count == null ? more : count.plus(more));
    }
  }

  /** Keeps the first, by file and line. */
  private void notice(int file, long number) {
    if (file < firstFile || (file == firstFile && number < firstNumber)) {
      firstFile = file;
      firstNumber = number;
    }
  }

  /** The sum, with the hottest sales only. */
  ScanTotals hottest(int top) {
    @Nullable String first =
        malformed == 0 ? null : logs.names().get(firstFile) + ":" + firstNumber;
    long accesses = sales.values().stream().mapToLong(SaleCount::total).sum();
    List<SaleCount> hottest = sales.values().stream().sorted(HOTTEST_FIRST).limit(top).toList();
    return new ScanTotals(
        lines, malformed, first, accesses + uncounted, uncounted, sales.size(), hottest);
  }
}
