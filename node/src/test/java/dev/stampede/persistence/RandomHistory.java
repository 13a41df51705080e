package dev.stampede.persistence;

import dev.stampede.order.PaymentId;
import dev.stampede.stock.ShardCommand;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Commands as buyers, payers and operators might send them, in any order and repeatedly: few
 * buyers, few orders and few units, so that limits, ends of stock and repeats are met all the time.
 */
final class RandomHistory {

  private static final int ORDERS = 60;
  private static final int BUYERS = 12;

  /** Each command as often as it is drawn; {@code r} reserves. */
  private static final String DRAWN_FROM =
      "r".repeat(45) + "p".repeat(30) + "c".repeat(15) + "e".repeat(5) + "+-fuu";

  private final RandomGenerator random;
  private long now = TestShard.NOON;

  RandomHistory(RandomGenerator random) {
    this.random = random;
  }

  /** The time of the next batch: sometimes beyond the end of holds. */
  long nextTime() {
    now += random.nextLong(TestShard.HOLD.toMillis() / 2);
    return now;
  }

  List<ShardCommand> nextBatch() {
    return IntStream.range(0, random.nextInt(1, 20)).mapToObj(i -> nextCommand()).toList();
  }

  private ShardCommand nextCommand() {
    int order = random.nextInt(ORDERS);
    return switch (DRAWN_FROM.charAt(random.nextInt(DRAWN_FROM.length()))) {
      case '+' -> new ShardCommand.Restock("restock-" + order, 1 + order % 5);
      case '-' -> new ShardCommand.Withdraw("withdraw-" + order, 1 + order % 3);
      case 'f' -> new ShardCommand.Freeze(true);
      case 'u' -> new ShardCommand.Freeze(false);
      case 'e' -> new ShardCommand.Expire(1 + order % 8);
      case 'c' -> new ShardCommand.Cancel(TestShard.key(order), TestShard.buyer(order % BUYERS));
      case 'p' ->
          new ShardCommand.Pay(TestShard.key(order), PaymentId.of("pay-" + random.nextInt(3)));
      default ->
          new ShardCommand.Reserve(
              TestShard.key(order), TestShard.buyer(order % BUYERS), 1 + order % 2);
    };
  }
}
