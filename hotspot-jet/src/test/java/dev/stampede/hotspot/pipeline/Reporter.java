package dev.stampede.hotspot.pipeline;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.ringbuffer.OverflowPolicy;
import com.hazelcast.ringbuffer.Ringbuffer;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A node that says the same every 100 ms. */
final class Reporter implements AutoCloseable {
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Ringbuffer<AccessBatch> log;
  private final List<AccessCount> counts;

  Reporter(HazelcastInstance member, AccessCount... counts) {
    this.log = member.getRingbuffer(AccessLog.NAME);
    this.counts = List.of(counts);
    clock.scheduleAtFixedRate(this::report, 0, 100, TimeUnit.MILLISECONDS);
  }

  private void report() {
    AccessBatch batch = new AccessBatch("node", System.currentTimeMillis(), counts);
    log.addAsync(batch, OverflowPolicy.OVERWRITE);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
