package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.sale.Tier;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SaleSharesTest {

  private static final int SHARE = 3;
  private static final int DEDICATED = 5;
  private static final int RATE = 1_000;
  private static final long START = Long.MAX_VALUE - 5; // nanoTime may run over at any moment
  private static final long NEAR = SaleShares.NEIGHBOURHOOD.toNanos();

  private final SaleShares shares =
      new SaleShares(new SaleLimit(SHARE, 1_000_000), new SaleLimit(DEDICATED, RATE), START);
  private final SaleShare flooded = shares.of("flooded", Tier.STANDARD);
  private final SaleShare other = shares.of("other", Tier.STANDARD);

  private final SaleShare dedicated = shares.of("dedicated", Tier.DEDICATED);

  private long takenOf(int purchases, long at) {
    return takenOf(flooded, purchases, at);
  }

  private long takenOf(SaleShare share, int purchases, long at) {
    return IntStream.range(0, purchases).filter(_ -> shares.take(share, at)).count();
  }

  @Test
  void take_whenTheSaleIsDedicated_hasTheShareOfItsTier() {
    shares.take(other, START);

    assertThat(takenOf(dedicated, 10, START)).isEqualTo(DEDICATED);
    assertThat(takenOf(10, START)).isEqualTo(SHARE);
    assertThat(shares.refused()).isEqualTo(10 - DEDICATED + 10 - SHARE);
  }

  /** What is not genuine asks this only: it may be told the same as buyers, but never takes. */
  @Test
  void isUsedUp_always_saysWhatTakeWouldSayAndTakesNothing() {
    shares.take(other, START);
    long at = START;
    for (int i = 0; i < 2 * SHARE; i++) {
      for (int stranger = 0; stranger < 100; stranger++) {
        assertThat(shares.isUsedUp(flooded, at)).isEqualTo(i >= SHARE);
      }
      assertThat(shares.take(flooded, at)).isEqualTo(i < SHARE);
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(shares.isUsedUp(dedicated, at)).isFalse();
    }
    long later = at + NEAR + 1;
    for (int i = 0; i < 1_000; i++) {
      assertThat(shares.isUsedUp(other, later)).isFalse();
    }
    assertThat(shares.isUsedUp(flooded, later)).as("nobody bought another").isFalse();
  }

  /** Neither has the whole node while the other is there, whichever floods. */
  @Test
  void take_whenTheNeighbourIsOfTheOtherTier_isLimitedAllTheSame() {
    shares.take(dedicated, START);
    assertThat(takenOf(10, START)).isEqualTo(SHARE);
    assertThat(takenOf(dedicated, 10, START)).isEqualTo(DEDICATED - 1);
  }

  /** The permits that the pace refused are there for the next. */
  @Test
  void take_whenThereWereTooManyThisSecond_isRefusedUntilThePaceAllows() {
    shares.take(other, START);

    assertThat(servedOf(dedicated, 10_000, START)).isEqualTo(RATE / 10);
    assertThat(shares.refused()).isEqualTo(10_000 - RATE / 10);
    assertThat(dedicated.taken()).isZero();
    assertThat(servedOf(dedicated, 10, START + NEAR / RATE)).isEqualTo(5);
  }

  private long servedOf(SaleShare share, int purchases, long at) {
    return IntStream.range(0, purchases)
        .filter(_ -> shares.take(share, at))
        .peek(_ -> share.giveBack())
        .count();
  }

  @Test
  void take_whenADedicatedSaleIsAlone_isNotLimited() {
    assertThat(takenOf(dedicated, 10_000, START)).isEqualTo(10_000);
  }

  @Test
  void take_whenTheSaleIsAlone_isNotLimited() {
    assertThat(takenOf(10_000, START)).isEqualTo(10_000);
    assertThat(shares.refused()).isZero();
  }

  @Test
  void take_whenAnotherSellsToo_isLimitedAndCounted() {
    shares.take(other, START);

    assertThat(takenOf(10, START + NEAR)).isEqualTo(SHARE);
    assertThat(shares.refused()).isEqualTo(7);
    assertThat(shares.take(other, START + NEAR)).isTrue();
  }

  @Test
  void tryPause_whenTooManyWaitForTheirRefusal_tellsAtOnce() {
    assertThat(IntStream.range(0, SaleShares.MAX_PAUSED).allMatch(_ -> shares.tryPause())).isTrue();
    assertThat(shares.tryPause()).isFalse();
    assertThat(shares.tryPause()).as("the refused one counts for nothing").isFalse();

    shares.paused();

    assertThat(shares.tryPause()).isTrue();
    assertThat(shares.pausing()).isEqualTo(SaleShares.MAX_PAUSED);
  }

  @Test
  void take_whenOneWasGivenBack_takesIt() {
    shares.take(other, START);
    takenOf(SHARE, START);

    flooded.giveBack();

    assertThat(takenOf(10, START)).isEqualTo(1);
    assertThat(flooded.taken()).isEqualTo(SHARE);
  }

  @Test
  void take_whenTheOtherWasAskedForLongAgo_isNotLimitedAnyMore() {
    shares.take(other, START);

    assertThat(takenOf(10, START + NEAR + 1)).isEqualTo(10);
  }

  @Test
  void take_whenTheOtherComesNowAndThen_isLimitedAllTheTime() {
    long step = Duration.ofSeconds(1).toNanos();
    for (long second = 0; second < 20; second++) {
      if (second % 4 == 0) {
        shares.take(other, START + second * step);
      }
      takenOf(10, START + second * step);
      assertThat(flooded.taken()).isEqualTo(SHARE);
    }
  }

  /** It waits for its queue to run empty; what was let in is not thrown out. */
  @Test
  void take_whenAnotherComesLater_isLimitedFromThenOn() {
    takenOf(10, START);
    shares.take(other, START + 1);

    assertThat(takenOf(10, START + 2)).isZero();
    IntStream.range(0, 8).forEach(_ -> flooded.giveBack());
    assertThat(takenOf(10, START + 3)).isEqualTo(1);
  }

  @Test
  void of_whenThereAreTooManySales_isOneForTheRest() {
    IntStream.range(0, SaleShares.MAX_KNOWN).forEach(i -> shares.of("sale-" + i, Tier.STANDARD));

    assertThat(shares.of("late", Tier.STANDARD))
        .isSameAs(shares.of("later", Tier.STANDARD))
        .isNotSameAs(flooded);
    assertThat(shares.of("late", Tier.DEDICATED))
        .isSameAs(shares.of("later", Tier.DEDICATED))
        .isNotSameAs(shares.of("late", Tier.STANDARD));
    assertThat(shares.known("late")).isNull();
    assertThat(shares.of("flooded", Tier.STANDARD))
        .isSameAs(flooded)
        .isSameAs(shares.known("flooded"));
  }

  @Test
  void take_whenManyThreadsDo_neverGivesMoreThanTheShareAndLosesNone() {
    shares.take(other, START);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        threads.execute(() -> takeAndGiveBack(inside, most));
      }
    }

    assertThat(most.get()).isEqualTo(SHARE);
    assertThat(flooded.taken()).isZero();
  }

  private void takeAndGiveBack(AtomicInteger inside, AtomicInteger most) {
    for (int i = 0; i < 20_000; i++) {
      if (shares.take(flooded, START)) {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        if (ThreadLocalRandom.current().nextInt(64) == 0) {
          LockSupport.parkNanos(1);
        }
        inside.decrementAndGet();
        flooded.giveBack();
      }
    }
  }
}
