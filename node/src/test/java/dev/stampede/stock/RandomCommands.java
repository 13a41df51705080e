package dev.stampede.stock;

import dev.stampede.order.BuyerId;
import dev.stampede.order.PaymentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A seeded source of commands over few buyers, orders and payments, so that they often meet. */
public final class RandomCommands {

  static final List<String> BUYERS = List.of("ann", "bob", "cat", "dan", "eve");

  private static final int ORDERS = 24;
  private static final int MOST_PER_BATCH = 8;

  private final Random random;
  private long now = ShardFixture.OPENS - 2_000;

  public RandomCommands(long seed) {
    this.random = new Random(seed);
  }

  /** The time of the next batch: mostly a little later, sometimes earlier, rarely much later. */
  public long now() {
    now += random.nextInt(20) == 0 ? ShardFixture.HOLD : random.nextInt(-200, 2_000);
    return now;
  }

  public List<ShardCommand> batch() {
    List<ShardCommand> batch = new ArrayList<>();
    for (int left = random.nextInt(1, MOST_PER_BATCH + 1); left > 0; left--) {
      batch.add(command());
    }
    if (random.nextInt(4) == 0) {
      batch.add(batch.getFirst());
    }
    return batch;
  }

  private ShardCommand command() {
    int order = random.nextInt(ORDERS);
    BuyerId buyer = new BuyerId(BUYERS.get(order % BUYERS.size()));
    return switch (random.nextInt(24)) {
      case 0, 1, 2, 3, 4 ->
          new ShardCommand.Pay(
              ShardFixture.key(order),
              new PaymentId("pay-" + order + "-" + random.nextInt(2)),
              claim(buyer, 1 + order % 3 % 2));
      case 5, 6, 7 -> new ShardCommand.Cancel(ShardFixture.key(order), buyer);
      case 8, 9 -> new ShardCommand.Expire(random.nextInt(1, 5));
      case 10 -> new ShardCommand.Restock("restock-" + random.nextInt(3), 2);
      case 11 -> new ShardCommand.Withdraw("withdraw-" + random.nextInt(3), 3);
      case 12 -> new ShardCommand.Freeze(random.nextInt(4) == 0);
      case 13 -> random.nextInt(20) == 0 ? new ShardCommand.Close() : new ShardCommand.Report();
      case 14 -> new ShardCommand.Find(ShardFixture.key(order));
      default -> new ShardCommand.Reserve(ShardFixture.key(order), buyer, 1 + order % 3 % 2);
    };
  }

  /** Sometimes none, rarely for another quantity. */
  private Optional<ShardCommand.Claim> claim(BuyerId buyer, int quantity) {
    int drawn = random.nextInt(20);
    return drawn < 10
        ? Optional.empty()
        : Optional.of(new ShardCommand.Claim(buyer, drawn == 10 ? quantity + 1 : quantity));
  }
}
