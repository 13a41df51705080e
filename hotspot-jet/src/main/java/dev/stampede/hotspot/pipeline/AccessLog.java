package dev.stampede.hotspot.pipeline;

import com.hazelcast.jet.pipeline.SourceBuilder;
import com.hazelcast.jet.pipeline.SourceBuilder.SourceBuffer;
import com.hazelcast.jet.pipeline.StreamSource;
import com.hazelcast.logging.ILogger;
import com.hazelcast.ringbuffer.ReadResultSet;
import com.hazelcast.ringbuffer.Ringbuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes counted: a ring buffer to which every node adds, and from which the job reads on
 * one member, from the time when it starts. Jet's thread never waits for the ring.
 *
 * <p>A read answers at once, with nothing if nothing is new. A read that waits for something new is
 * parked in Hazelcast, and parked reads can keep a partition from moving
 * (docs/decisions/0023-no-parked-reads.md).
 *
 * <p>If the ring is lost with its member, it begins anew; the job does as well, as it does whenever
 * a member is lost.
 */
public final class AccessLog {

  /** {@code Ringbuffer<AccessBatch>}. */
  public static final String NAME = "access-log";

  /** Short beside the 100 ms of a batch. */
  private static final long PERIOD_NANOS = Duration.ofMillis(10).toNanos();

  /** Batches in one read: what 100 nodes report in a second. */
  private static final int AT_ONCE = 1_000;

  private final Ringbuffer<AccessBatch> ring;
  private final ILogger logger;
  private long next;
  private long readAt;
  private @Nullable CompletableFuture<ReadResultSet<AccessBatch>> reading;

  private AccessLog(Ringbuffer<AccessBatch> ring, ILogger logger) {
    this.ring = ring;
    this.logger = logger;
    this.next = ring.tailSequence() + 1;
    this.readAt = System.nanoTime() - PERIOD_NANOS;
  }

  static StreamSource<AccessBatch> source() {
    return SourceBuilder.stream(
            NAME,
            context ->
                new AccessLog(context.hazelcastInstance().getRingbuffer(NAME), context.logger()))
        .fillBufferFn(AccessLog::fill)
        .build();
  }

  private void fill(SourceBuffer<AccessBatch> buffer) {
    if (reading != null && reading.isDone()) {
      take(reading, buffer);
      reading = null;
    }
    if (reading == null && System.nanoTime() - readAt >= PERIOD_NANOS) {
      readAt = System.nanoTime();
      reading = ring.readManyAsync(next, 0, AT_ONCE, null).toCompletableFuture();
    }
  }

  private void take(
      CompletableFuture<ReadResultSet<AccessBatch>> read, SourceBuffer<AccessBatch> buffer) {
    try {
      ReadResultSet<AccessBatch> batches = read.join();
      batches.forEach(buffer::add);
      if (batches.readCount() > 0) {
        next = batches.getNextSequenceToReadFrom();
      }
    } catch (CompletionException e) {
      logger.fine("what nodes counted is read again", e);
    }
  }
}
