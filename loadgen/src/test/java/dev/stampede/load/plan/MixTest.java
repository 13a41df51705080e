package dev.stampede.load.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.load.plan.BuyerPlan.Then;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class MixTest {
  private static final int MANY = 20_000;
  private static final Mix MIX = new Mix(0.3, 0.6, 0.05, 0.02, 0.01, new Heat.Even());

  @Test
  void plan_ofManyArrivals_keepsTheShares() {
    List<BuyerPlan> plans = plans(7);

    assertThat(share(plans, BuyerPlan::readsOnly)).isCloseTo(0.3, within(0.02));
    assertThat(share(plans, p -> p.then() == Then.PAY)).isCloseTo(0.6, within(0.02));
    assertThat(share(plans, p -> p.then() == Then.CANCEL)).isCloseTo(0.05, within(0.01));
    assertThat(share(plans, BuyerPlan::repeats)).isCloseTo(0.02, within(0.01));
    assertThat(share(plans, p -> p.sale() == 2)).isCloseTo(1.0 / 3, within(0.02));
  }

  @Test
  void plan_withTheSameSeed_isTheSame() {
    assertThat(plans(7)).isEqualTo(plans(7)).isNotEqualTo(plans(8));
  }

  @Test
  void plan_ofTheFirstArrivals_givesEachABuyerOfItsOwn() {
    assertThat(plans(7).stream().map(BuyerPlan::buyer).distinct()).hasSize(5000);
  }

  @Test
  void constructor_withMoreThanAllOrders_refuses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Mix(0, 0.8, 0.3, 0, 0, new Heat.Even()));
  }

  private static List<BuyerPlan> plans(long seed) {
    return LongStream.range(0, MANY).mapToObj(n -> MIX.plan(seed, n, n, 3, 5000)).toList();
  }

  private static double share(List<BuyerPlan> plans, Predicate<BuyerPlan> which) {
    return plans.stream().filter(which).count() / (double) plans.size();
  }
}
