package dev.stampede.hotspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.hotspot.pipeline.AccessCount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRecorderTest {

  private static final int ALL = Integer.MAX_VALUE;

  private final AccessRecorder recorder = new AccessRecorder(1);

  @Test
  void drain_always_tellsReadsAndPurchasesOfEachKeyOnce() {
    recorder.read("a");
    recorder.read("a");
    recorder.purchase("a");
    recorder.purchase("b");

    assertThat(recorder.drain(ALL))
        .containsExactly(new AccessCount("a", 2, 1), new AccessCount("b", 0, 1));
    assertThat(recorder.drain(ALL)).isEmpty();
  }

  @Test
  void drain_whenThereAreMoreKeysThanAsked_tellsTheLargest() {
    for (int key = 1; key <= 100; key++) {
      for (int i = 0; i < key; i++) {
        access(recorder, "sale-" + key, i);
      }
    }

    assertThat(recorder.drain(3))
        .extracting(AccessCount::key)
        .containsExactly("sale-100", "sale-99", "sale-98");
    assertThat(recorder.drain(3)).as("what did not fit is dropped").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void drain_whileManyThreadsCount_losesNothingAndTellsNothingTwice(int stripes)
      throws InterruptedException {
    int threads = 4;
    int keys = 50;
    int rounds = 5_000;
    AccessRecorder shared = new AccessRecorder(stripes);
    List<Thread> counting =
        Stream.generate(() -> Thread.ofPlatform().start(() -> countAll(shared, keys, rounds)))
            .limit(threads)
            .toList();

    Map<String, AccessCount> sums = new HashMap<>();
    while (counting.stream().anyMatch(Thread::isAlive)) {
      drain(shared, sums);
    }
    for (Thread thread : counting) {
      thread.join();
    }
    drain(shared, sums);

    int half = threads * rounds / 2;
    assertThat(sums.values())
        .hasSize(keys)
        .allMatch(count -> count.reads() == half && count.purchases() == half);
    assertThat(shared.beyond()).isZero();
  }

  @Test
  void drain_whenAMillionKeysCome_keepsItsSizeAndCountsWhatIsHotExactly() {
    SplittableRandom random = new SplittableRandom(7);
    long told = 0;
    long total = 0;
    for (int interval = 0; interval < 20; interval++) {
      int hot = 0;
      for (int i = 0; i < 50_000; i++) {
        boolean isHot = random.nextInt(100) == 0;
        hot += isHot ? 1 : 0;
        recorder.read(isHot ? "hot" : "sale-" + random.nextLong());
      }
      total += 50_000;
      List<AccessCount> counts = recorder.drain(ALL);
      told += counts.stream().mapToLong(AccessCount::total).sum();
      assertThat(counts).hasSize(CountTable.KEYS);
      assertThat(counts.getFirst()).isEqualTo(new AccessCount("hot", hot, 0));
    }

    assertThat(told + recorder.beyond()).isEqualTo(total);
  }

  @Test
  void read_whenTheTableIsFull_stillCountsTheKeysThatAreInIt() {
    IntStream.range(0, CountTable.KEYS).forEach(i -> recorder.read("sale-" + i));
    recorder.read("one too many");
    recorder.read("sale-" + (CountTable.KEYS - 1));

    assertThat(recorder.drain(ALL))
        .hasSize(CountTable.KEYS)
        .startsWith(new AccessCount("sale-" + (CountTable.KEYS - 1), 2, 0));
    assertThat(recorder.beyond()).isEqualTo(1);

    recorder.read("one too many");
    assertThat(recorder.drain(ALL)).containsExactly(new AccessCount("one too many", 1, 0));
  }

  @Test
  void read_whenHashCodesAreEqual_keepsKeysApart() {
    List<String> keys = ofEqualHash(5);
    for (int i = 0; i < keys.size(); i++) {
      for (int j = 0; j <= i; j++) {
        recorder.read(keys.get(i));
      }
    }

    assertThat(keys).hasSize(32).extracting(String::hashCode).containsOnly(keys.get(0).hashCode());
    assertThat(recorder.drain(ALL))
        .hasSize(keys.size())
        .allMatch(count -> count.reads() == keys.indexOf(count.key()) + 1);
    assertThat(recorder.beyond()).isZero();
  }

  @Test
  void read_whenTooManyHashCodesAreEqual_countsTheFirstAndKeepsRoomForOthers() {
    List<String> keys = ofEqualHash(10);
    keys.forEach(recorder::read);
    recorder.read("another");

    assertThat(recorder.drain(ALL))
        .extracting(AccessCount::key)
        .containsAll(keys.subList(0, 32))
        .contains("another")
        .hasSize(33);
    assertThat(recorder.beyond()).isEqualTo(1_024 - 32);
  }

  @Test
  void read_ofNothing_isRefusedAndCountsNothing() {
    assertThatThrownBy(() -> recorder.read(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> recorder.purchase(null)).isInstanceOf(NullPointerException.class);

    assertThat(recorder.drain(ALL)).isEmpty();
    assertThat(recorder.beyond()).isZero();
  }

  /** Sale ids of equal hash codes, two to the power of the given number of them. */
  private static List<String> ofEqualHash(int pairs) {
    return IntStream.range(0, 1 << pairs)
        .mapToObj(number ->
            IntStream.range(0, pairs)
                .mapToObj(bit -> (number >> bit & 1) == 0 ? "c0" : "an")
                .reduce("", String::concat))
        .toList();
  }

  private static void countAll(AccessRecorder recorder, int keys, int rounds) {
    for (int round = 0; round < rounds; round++) {
      for (int key = 0; key < keys; key++) {
        access(recorder, "sale-" + key, round);
      }
    }
  }

  private static void access(AccessRecorder recorder, String key, int number) {
    if (number % 2 == 0) {
      recorder.read(key);
    } else {
      recorder.purchase(key);
    }
  }

  private static void drain(AccessRecorder recorder, Map<String, AccessCount> sums) {
    for (AccessCount count : recorder.drain(ALL)) {
      sums.merge(
          count.key(),
          count,
          (one, other) ->
              new AccessCount(
                  one.key(), one.reads() + other.reads(), one.purchases() + other.purchases()));
    }
  }
}
