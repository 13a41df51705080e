package dev.stampede.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.impl.util.Util;
import com.hazelcast.spi.impl.NodeEngine;
import com.hazelcast.spi.impl.PartitionSpecificRunnable;
import dev.stampede.stock.StockKey;
import java.util.concurrent.CountDownLatch;

/**
 * A replica that does not come to what it is sent until it is released: the thread of its partition
 * is kept busy. The rest of its member goes on, so that nobody takes it for dead.
 *
 * <p>What waits by then is carried out, except for what a member sent that has left the grid
 * meanwhile: Hazelcast drops that, and it is lost as if it had never arrived.
 */
final class HungReplica implements AutoCloseable {

  private final CountDownLatch hangs = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  private HungReplica() {}

  /** Returns once it hangs. */
  static HungReplica on(HazelcastInstance member, StockKey key) {
    HungReplica replica = new HungReplica();
    NodeEngine engine = Util.getNodeEngine(member);
    engine
        .getOperationService()
        .execute(replica.new Obstacle(engine.getPartitionService().getPartitionId(key)));
    await(replica.hangs);
    return replica;
  }

  @Override
  public void close() {
    released.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the member ends
    }
  }

  private final class Obstacle implements PartitionSpecificRunnable {
    private final int partition;

    private Obstacle(int partition) {
      this.partition = partition;
    }

    @Override
    public int getPartitionId() {
      return partition;
    }

    @Override
    public void run() {
      hangs.countDown();
      await(released);
    }
  }
}
