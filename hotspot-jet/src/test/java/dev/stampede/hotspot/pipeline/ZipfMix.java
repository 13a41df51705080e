package dev.stampede.hotspot.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Accesses to keys of which the k-th is asked for 1/k as often as the first. */
final class ZipfMix {
  private final double[] cumulated;
  private final int perSecond;
  private final Random random;

  ZipfMix(int keys, int perSecond, long seed) {
    this.perSecond = perSecond;
    this.random = new Random(seed);
    this.cumulated = new double[keys];
    double sum = 0;
    for (int i = 0; i < keys; i++) {
      sum += 1.0 / (i + 1);
      cumulated[i] = sum;
    }
  }

  /** The known rates by key, in accesses per second. */
  Map<String, Double> rates() {
    Map<String, Double> rates = HashMap.newHashMap(cumulated.length);
    for (int i = 0; i < cumulated.length; i++) {
      rates.put("k" + i, (double) perSecond / (i + 1) / cumulated[cumulated.length - 1]);
    }
    return rates;
  }

  /** The largest counts of each node in each 100 ms, as lines of {@link HotspotPipelineTest}. */
  List<String> batches(int nodes, int steps) {
    List<String> lines = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      for (int node = 0; node < nodes; node++) {
        long at = 10_000 + step * 100L;
        batch(perSecond / 10 / nodes)
            .forEach(c -> lines.add("%d %s %d 0 NODES".formatted(at, c.key(), c.reads())));
      }
    }
    return lines;
  }

  /** The largest counts among so many random accesses. */
  List<AccessCount> batch(int accesses) {
    Map<String, Long> counts = new HashMap<>();
    for (int i = 0; i < accesses; i++) {
      counts.merge("k" + draw(), 1L, Long::sum);
    }
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(AccessBatch.MAX_COUNTS)
        .map(e -> new AccessCount(e.getKey(), e.getValue(), 0))
        .toList();
  }

  private int draw() {
    int found =
        Arrays.binarySearch(cumulated, random.nextDouble() * cumulated[cumulated.length - 1]);
    return found < 0 ? Math.min(-found - 1, cumulated.length - 1) : found;
  }
}
