package dev.stampede.hotspot.pipeline;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A node that says the same every 100 ms. */
final class Reporter implements AutoCloseable {
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final IMap<String, AccessBatch> log;
  private final List<AccessCount> counts;
  private int turn;

  Reporter(HazelcastInstance member, AccessCount... counts) {
    this.log = member.getMap(HotspotPipeline.ACCESS_LOG);
    this.counts = List.of(counts);
    clock.scheduleAtFixedRate(this::report, 0, 100, TimeUnit.MILLISECONDS);
  }

  private void report() {
    turn++;
    log.setAsync("node-" + turn % 16, new AccessBatch("node", System.currentTimeMillis(), counts));
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
