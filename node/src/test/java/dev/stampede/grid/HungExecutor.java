package dev.stampede.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.impl.util.Util;
import com.hazelcast.spi.impl.executionservice.ExecutionService;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** An executor of Hazelcast's that begins nothing until it is released. */
final class HungExecutor implements AutoCloseable {

  /** More than any of them has threads. */
  private static final int OBSTACLES = 64;

  private final CountDownLatch released = new CountDownLatch(1);

  private HungExecutor() {}

  /**
   * From here on it hangs on these members.
   *
   * @param name as in {@link ExecutionService}
   */
  static HungExecutor on(String name, HazelcastInstance... members) {
    HungExecutor hung = new HungExecutor();
    List<ExecutionService> executors =
        Stream.of(members).map(member -> Util.getNodeEngine(member).getExecutionService()).toList();
    for (int i = 0; i < OBSTACLES; i++) {
      executors.forEach(executor -> executor.execute(name, hung::awaitRelease));
    }
    return hung;
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the member ends
    }
  }

  @Override
  public void close() {
    released.countDown();
  }
}
