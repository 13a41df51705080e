package dev.stampede.hotspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.hotspot.pipeline.AccessCount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class CountTableTest {

  private final CountTable table = new CountTable();

  @Test
  void count_whenTheTableIsDrained_isRefusedForKeysOldAndNew() {
    assertThat(table.count("old", CountTable.READS)).isEqualTo(CountTable.Answer.COUNTED);
    table.drainInto(new HashMap<>());

    for (int i = 0; i < 10; i++) {
      assertThat(table.count("old", CountTable.READS)).isEqualTo(CountTable.Answer.DRAINED);
      assertThat(table.count("old", CountTable.PURCHASES)).isEqualTo(CountTable.Answer.DRAINED);
      assertThat(table.count("new", CountTable.READS)).isEqualTo(CountTable.Answer.DRAINED);
    }
  }

  /** Two keys of equal hash each time, so both threads go for the same free slot. */
  @RepeatedTest(5)
  void count_whenTwoKeysWantOneSlotAtOnce_givesItToOne() throws InterruptedException {
    int pairs = CountTable.KEYS / 2;
    AtomicInteger arrived = new AtomicInteger();
    Thread other = Thread.ofPlatform().start(() -> countInStep(keys(pairs, "c0"), arrived));
    countInStep(keys(pairs, "an"), arrived);
    other.join();

    Map<String, AccessCount> sums = new HashMap<>();
    table.drainInto(sums);
    assertThat(sums).hasSize(2 * pairs);
    assertThat(sums.values()).allMatch(count -> count.total() == 1);
  }

  private static List<String> keys(int number, String end) {
    return IntStream.range(0, number).mapToObj(i -> "sale-" + i + end).toList();
  }

  private void countInStep(List<String> keys, AtomicInteger arrived) {
    for (int i = 0; i < keys.size(); i++) {
      arrived.incrementAndGet();
      while (arrived.get() < 2 * (i + 1)) {
        Thread.onSpinWait();
      }
      table.count(keys.get(i), CountTable.READS);
    }
  }
}
