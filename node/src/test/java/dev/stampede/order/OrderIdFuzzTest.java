package dev.stampede.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.sale.SaleId;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Random damage to order ids: whatever is taken for one is written in the one way there is. */
final class OrderIdFuzzTest {

  private static final String ANY = "aZ09f.-_ =+/%\n\0\u00e9\u0660\uff11\ud83dABCDEF";

  @Test
  void parse_whenTextIsChanged_isNothingOrExactlyThat() {
    long seed = System.nanoTime();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int round = 0; round < 100_000; round++) {
      OrderKey key = new OrderKey(random.nextLong(), random.nextLong());
      StringBuilder text =
          new StringBuilder(new OrderId(new SaleId("a-sale"), random.nextInt(64), key).toString());
      for (int left = random.nextInt(3); left > 0; left--) {
        char other = ANY.charAt(random.nextInt(ANY.length()));
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.insert(at, other);
          case 1 -> text.deleteCharAt(at);
          default -> text.setCharAt(at, other);
        }
      }
      Optional<OrderId> parsed = OrderId.parse(text.toString());
      assertThat(parsed.map(OrderId::toString).orElse(text.toString()))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(text.toString());
    }
  }
}
