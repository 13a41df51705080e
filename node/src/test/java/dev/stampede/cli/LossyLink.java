package dev.stampede.cli;

import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** One direction between two ports. One thread sends; any may change its quality. */
final class LossyLink {

  private final Consumer<byte[]> end;
  private final ScheduledExecutorService timer;
  private final SplittableRandom random;
  private final LongAdder dropped = new LongAdder();
  private final LongAdder delayed = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private volatile LinkQuality quality = LinkQuality.PERFECT;

  LossyLink(Consumer<byte[]> end, ScheduledExecutorService timer, long seed) {
    this.end = end;
    this.timer = timer;
    this.random = new SplittableRandom(seed);
  }

  void become(LinkQuality quality) {
    this.quality = quality;
  }

  /** Delivers a frame as the link is now, or not at all. */
  void send(byte[] frame) {
    LinkQuality now = quality;
    if (now.loses(random)) {
      dropped.increment();
      return;
    }
    deliver(frame, now.delayNanos(random));
    if (now.doubles(random)) {
      repeated.increment();
      deliver(frame, now.delayNanos(random));
    }
  }

  private void deliver(byte[] frame, long delayNanos) {
    if (delayNanos == 0) {
      end.accept(frame);
    } else {
      delayed.increment();
      timer.schedule(() -> end.accept(frame), delayNanos, TimeUnit.NANOSECONDS);
    }
  }

  /** How many frames it has ever dropped. */
  long dropped() {
    return dropped.sum();
  }

  /** How many frames it has ever delivered late. */
  long delayed() {
    return delayed.sum();
  }

  /** How many frames it has ever delivered twice. */
  long repeated() {
    return repeated.sum();
  }
}
