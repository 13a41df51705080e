package dev.stampede.hotspot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HotBoardTest {
  private static final double ENTER = 100;
  private static final double LEAVE = 80;

  private final HotBoard board = board(2);
  private long now = 1_000_000;

  @Test
  void step_whenRateReachesEnter_tellsAtOnce() {
    assertThat(step(seen("a", 99.9))).isEmpty();
    assertThat(step(seen("a", 100))).containsExactly(told("a", 100, now));
  }

  @Test
  void step_betweenLeaveAndEnter_keepsWhoIsHotAndAdmitsNobody() {
    step(seen("a", 100));
    long since = now;

    assertThat(steps(9, seen("a", 80), seen("b", 99))).isEmpty();
    assertThat(step(seen("a", 80), seen("b", 99))).containsExactly(told("a", 80, since));
  }

  @Test
  void step_whileHot_tellsOnceASecond() {
    assertThat(steps(31, seen("a", 100))).hasSize(4);
  }

  @Test
  void step_belowLeave_endsIt() {
    step(seen("a", 100));
    step();

    assertThat(steps(30, seen("a", 99))).isEmpty();
  }

  @Test
  void step_whenStepsWereLeftOut_holdsNobodyForHot() {
    step(seen("a", 100));
    now += 5_000;

    assertThat(steps(30, seen("a", 99))).isEmpty();
  }

  @Test
  void step_afterLeavingAndComingBack_isHotSinceThen() {
    step(seen("a", 100));
    steps(20);

    assertThat(step(seen("a", 100))).containsExactly(told("a", 100, now));
  }

  @Test
  void step_whenKeyComesBackWithinASecond_saysNothingNew() {
    step(seen("a", 100));
    step();

    assertThat(step(seen("a", 100))).isEmpty();
  }

  @Test
  void step_whenMoreThanTopAreHot_keepsTheHottest() {
    step(seen("a", 100), seen("b", 110));

    assertThat(step(seen("a", 100), seen("b", 110), seen("c", 120)))
        .containsExactly(told("c", 120, now));
    assertThat(steps(20, seen("a", 99), seen("b", 110), seen("c", 120)))
        .extracting(HotItem::key)
        .containsOnly("b", "c");
  }

  @Test
  void step_whenAWarmKeyIsHotterThanAHotOne_leavesTheHotOneItsPlace() {
    step(seen("a", 100), seen("b", 100));

    assertThat(steps(10, seen("a", 80), seen("b", 80), seen("c", 99)))
        .extracting(HotItem::key)
        .containsExactly("a", "b");
  }

  /** Against the rules said in another way, over random histories. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void step_always_obeysTheRules(long seed) {
    Random random = new Random(seed);
    int top = 1 + random.nextInt(4);
    HotBoard tested = board(top);
    Map<String, Long> lastTold = new HashMap<>();
    Set<String> before = Set.of();
    Map<String, Double> rates = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      now += 100;
      wander(random, rates);
      Set<String> hot = hot(before, rates, top);
      List<HotItem> told = tested.step(now, seen(rates));

      assertThat(told).as("seed %d", seed).hasSizeLessThanOrEqualTo(top);
      assertThat(told).extracting(HotItem::key).containsExactlyInAnyOrder(due(hot, lastTold));
      told.forEach(item -> lastTold.put(item.key(), now));
      before = hot;
    }
    assertThat(lastTold).isNotEmpty();
  }

  private String[] due(Set<String> hot, Map<String, Long> lastTold) {
    return hot.stream()
        .filter(key -> now - lastTold.getOrDefault(key, 0L) >= 1_000)
        .toArray(String[]::new);
  }

  private static Set<String> hot(Set<String> before, Map<String, Double> rates, int top) {
    List<String> eligible = new ArrayList<>();
    rates.forEach((key, rate) -> {
      if (rate >= ENTER || (before.contains(key) && rate >= LEAVE)) {
        eligible.add(key);
      }
    });
    eligible.sort((a, b) -> Double.compare(rates.get(b), rates.get(a)));
    return Set.copyOf(eligible.subList(0, Math.min(top, eligible.size())));
  }

  private static void wander(Random random, Map<String, Double> rates) {
    for (int key = 0; key < 8; key++) {
      double change = random.nextGaussian() * 10;
      rates.merge("k" + key, 90 + change, (old, _) -> Math.clamp(old + change, 40, 160));
    }
  }

  private List<HotItem> seen(Map<String, Double> rates) {
    return rates.entrySet().stream()
        .filter(rate -> rate.getValue() >= LEAVE)
        .map(rate -> told(rate.getKey(), rate.getValue(), now))
        .toList();
  }

  private record Seen(String key, double rate) {}

  private static Seen seen(String key, double rate) {
    return new Seen(key, rate);
  }

  private List<HotItem> step(Seen... seen) {
    return steps(1, seen);
  }

  private List<HotItem> steps(int count, Seen... seen) {
    List<HotItem> told = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      now += 100;
      told.addAll(
          board.step(now, List.of(seen).stream().map(s -> told(s.key, s.rate, now)).toList()));
    }
    return told;
  }

  private HotItem told(String key, double rate, long since) {
    return new HotItem(key, rate, 0, since, now, Set.of(HotSource.NODES));
  }

  private static HotBoard board(int top) {
    return new HotBoard(new HotspotConfig(ENTER, LEAVE, top, Optional.empty()));
  }
}
