package dev.stampede.hotspot;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.ringbuffer.OverflowPolicy;
import com.hazelcast.ringbuffer.Ringbuffer;
import dev.stampede.hotspot.pipeline.AccessBatch;
import dev.stampede.hotspot.pipeline.AccessCount;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the grid what this node has counted: its most frequent keys, every {@value #PERIOD_MILLIS}
 * ms, and nothing where nobody came.
 *
 * <p>Threads: one timer thread; it does not wait for the grid.
 */
final class AccessReporter implements Runnable {

  static final int PERIOD_MILLIS = 100;

  /** Keys in one batch: many times what can be hot on one node. */
  private static final int MOST_KEYS = 256;

  private static final Logger LOG = LoggerFactory.getLogger(AccessReporter.class);

  private final AccessRecorder recorder;
  private final Ringbuffer<AccessBatch> log;
  private final String node;
  private final Clock clock;

  AccessReporter(AccessRecorder recorder, Ringbuffer<AccessBatch> log, String node, Clock clock) {
    this.recorder = recorder;
    this.log = log;
    this.node = node;
    this.clock = clock;
  }

  @Override
  public void run() {
    List<AccessCount> counts = recorder.drain(MOST_KEYS);
    if (counts.isEmpty()) {
      return;
    }
    try {
      var _ = log.addAsync(new AccessBatch(node, clock.millis(), counts), OverflowPolicy.OVERWRITE);
    } catch (HazelcastInstanceNotActiveException e) {
      LOG.debug("the node is leaving", e);
    }
  }
}
