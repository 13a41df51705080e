package dev.stampede.hotspot.pipeline;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Counts the accesses to a few sales by second, minute by minute: 300 bytes for each minute in
 * which a sale was asked for. Used by one thread at a time.
 */
final class SaleSeconds implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int MINUTE = 60;

  private final LogFiles logs;
  private final Map<String, Map<Long, int[]>> minutes = new HashMap<>();

  SaleSeconds(LogFiles logs, Set<String> sales) {
    this.logs = logs;
    sales.forEach(sale -> minutes.put(sale, new HashMap<>()));
  }

  void add(LogLine line) {
    AccessLogLine.parse(line.text())
        .filter(logs::include)
        .ifPresent(parsed ->
            SaleAccess.of(parsed).ifPresent(access -> add(access.sale(), parsed.second())));
  }

  private void add(String sale, long second) {
    Map<Long, int[]> counts = minutes.get(sale);
    if (counts != null) {
      counts.computeIfAbsent(second / MINUTE, _ -> new int[MINUTE])[(int) (second % MINUTE)]++;
    }
  }

  void add(SaleSeconds other) {
    other.minutes.forEach((sale, counts) ->
        counts.forEach((minute, more) ->
            minutes
                .computeIfAbsent(sale, _ -> new HashMap<>())
                .merge(minute, more, SaleSeconds::sum)));
  }

  private static int[] sum(int[] counts, int[] more) {
    int[] sum = counts.clone();
    for (int i = 0; i < MINUTE; i++) {
      sum[i] += more[i];
    }
    return sum;
  }

  /** The busiest second of each sale; the first of several. */
  Map<String, Peak> peaks() {
    Map<String, Peak> peaks = new HashMap<>();
    minutes.forEach((sale, counts) ->
        counts.forEach((minute, seconds) -> {
          for (int i = 0; i < MINUTE; i++) {
            peaks.merge(sale, new Peak(seconds[i], minute * MINUTE + i), Peak::max);
          }
        }));
    return peaks;
  }
}
