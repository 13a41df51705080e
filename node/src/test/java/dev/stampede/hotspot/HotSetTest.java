package dev.stampede.hotspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.hotspot.pipeline.HotItem;
import dev.stampede.hotspot.pipeline.HotSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HotSetTest {

  /** Close to the end of the clock's numbers: it may run over. */
  private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);

  private final HotSet hot = new HotSet();
  private final List<String> heard = new ArrayList<>();

  @BeforeEach
  void listen() {
    hot.listen(listener(heard));
  }

  @Test
  void isHot_whenAKeyWasSeen_isTrueOfThisOne() {
    hot.seen(item("a", 600), START);

    assertThat(hot.isHot("a")).isTrue();
    assertThat(hot.isHot("b")).isFalse();
    assertThat(hot.items()).containsExactly(item("a", 600));
    assertThat(heard).containsExactly("hot a");
  }

  @Test
  void sweep_whenAKeyWasNotSeenForSixSeconds_endsItsSpell() {
    hot.seen(item("a", 600), START);

    hot.sweep(after(500));
    hot.sweep(after(5_999));
    assertThat(hot.isHot("a")).isTrue();
    hot.sweep(after(6_000));

    assertThat(hot.isHot("a")).isFalse();
    assertThat(hot.items()).isEmpty();
    hot.sweep(after(12_000));
    assertThat(heard).containsExactly("hot a", "cold a");
  }

  @Test
  void seen_whenTheKeyIsHot_refreshesItAndTellsNobody() {
    hot.seen(item("a", 600), START);
    hot.seen(item("a", 700), after(1_000));

    hot.sweep(after(6_999));

    assertThat(hot.items()).containsExactly(item("a", 700));
    assertThat(heard).containsExactly("hot a");
  }

  @Test
  void seen_whenTheKeyWasHotBefore_beginsAnotherSpell() {
    hot.seen(item("a", 600), START);
    hot.sweep(after(6_000));
    hot.seen(item("a", 700), after(7_000));

    assertThat(heard).containsExactly("hot a", "cold a", "hot a");
  }

  @Test
  void promote_always_makesTheKeyHotUntilItIsDemoted() {
    hot.promote("a", 42);
    hot.promote("a", 43);
    hot.sweep(after(60_000));

    assertThat(hot.isHot("a")).isTrue();
    assertThat(hot.items())
        .containsExactly(new HotItem("a", 0, 0, 42, 42, Set.of(HotSource.STATIC)));

    hot.demote("a");
    hot.demote("a");
    assertThat(hot.isHot("a")).isFalse();
    assertThat(heard).containsExactly("hot a", "cold a");
  }

  @Test
  void items_whenAPromotedKeyIsFoundHotToo_tellItsRateAndBothSources() {
    hot.promote("a", 42);
    hot.seen(item("a", 600), START);

    assertThat(hot.items())
        .containsExactly(
            new HotItem("a", 600, 6, 42, 2_000, Set.of(HotSource.NODES, HotSource.STATIC)));
    assertThat(heard).containsExactly("hot a");
  }

  @Test
  void sweep_whenTheKeyIsPromoted_leavesItHot() {
    hot.seen(item("a", 600), START);
    hot.promote("a", 42);
    hot.sweep(after(6_000));

    assertThat(hot.items()).extracting(HotItem::sources).containsExactly(Set.of(HotSource.STATIC));
    assertThat(heard).containsExactly("hot a");
  }

  @Test
  void demote_whenTheKeyWasFoundHot_leavesItToTheClock() {
    hot.promote("a", 42);
    hot.seen(item("a", 600), START);
    hot.demote("a");

    assertThat(hot.items()).containsExactly(item("a", 600));
    hot.sweep(after(6_000));
    assertThat(heard).containsExactly("hot a", "cold a");
  }

  @Test
  void listen_whenKeysAreHotAlready_tellsThemFirst() {
    hot.seen(item("a", 600), START);
    List<String> late = new ArrayList<>();
    hot.listen(listener(late));
    hot.seen(item("a", 600), START);
    hot.sweep(after(6_000));

    assertThat(late).containsExactly("hot a", "cold a");
  }

  private static long after(long millis) {
    return START + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private static HotItem item(String key, double rate) {
    return new HotItem(key, rate, 6, 1_000, 2_000, Set.of(HotSource.NODES));
  }

  private static HotSet.Listener listener(List<String> heard) {
    return new HotSet.Listener() {
      @Override
      public void hot(HotItem item) {
        heard.add("hot " + item.key());
      }

      @Override
      public void cold(String key) {
        heard.add("cold " + key);
      }
    };
  }
}
