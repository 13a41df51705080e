package dev.stampede.hotspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.hotspot.pipeline.HotItem;
import dev.stampede.hotspot.pipeline.HotSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random histories of sightings, promotions and sweeps, beside the plainest account of them. A
 * failure names its seed, which replays exactly.
 */
class HotSetPropertyTest {

  private static final int HISTORIES = 1_000;
  private static final int STEPS = 200;
  private static final long KEPT = HotSet.KEPT.toNanos();
  private static final List<String> KEYS = List.of("a", "b", "c", "d");

  @Test
  @DisplayName("what is hot is what was seen or promoted, and each end of a spell is told once")
  void randomHistories() {
    for (long seed = 1; seed <= HISTORIES; seed++) {
      try {
        new History(seed).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("history of seed " + seed, e);
      }
    }
  }

  private static final class History implements HotSet.Listener {

    private final SplittableRandom random;
    private final HotSet hot = new HotSet();

    /** Runs over within the history. */
    private long now;

    private final Map<String, Long> seen = new HashMap<>();
    private final Set<String> promoted = new HashSet<>();

    /** The keys whose spells have begun, as it was told. */
    private final Set<String> told = new HashSet<>();

    History(long seed) {
      random = new SplittableRandom(seed);
      now = Long.MAX_VALUE - random.nextLong(STEPS * KEPT / 4);
      hot.listen(this);
    }

    @Override
    public void hot(HotItem item) {
      assertThat(told.add(item.key())).as("hot once in a spell").isTrue();
    }

    @Override
    public void cold(String key) {
      assertThat(told.remove(key)).as("cold once in a spell").isTrue();
    }

    void run() {
      for (int i = 0; i < STEPS; i++) {
        now += random.nextLong(KEPT / 2);
        step(KEYS.get(random.nextInt(KEYS.size())));
        check();
      }
    }

    private void step(String key) {
      switch (random.nextInt(5)) {
        case 0 -> {
          promoted.add(key);
          hot.promote(key, 0);
        }
        case 1 -> {
          promoted.remove(key);
          hot.demote(key);
        }
        case 2 -> {
          seen.values().removeIf(time -> now - time >= KEPT);
          hot.sweep(now);
        }
        default -> {
          seen.put(key, now);
          hot.seen(new HotItem(key, 1, 0, 0, 0, Set.of(HotSource.KAFKA)), now);
        }
      }
    }

    private void check() {
      Set<String> expected = new HashSet<>(seen.keySet());
      expected.addAll(promoted);
      assertThat(KEYS.stream().filter(hot::isHot)).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(told).isEqualTo(expected);
      assertThat(hot.items())
          .extracting(HotItem::key)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(hot.items())
          .allMatch(
              item -> item.sources().contains(HotSource.STATIC) == promoted.contains(item.key()));
    }
  }
}
