package dev.stampede.cli;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How one direction of a link treats frames.
 *
 * @param loss the part that is dropped, 0 to 1
 * @param repeats the part of the others that arrives twice, 0 to 1
 * @param delay how late they arrive, in the mean
 * @param jitter how much less or more that may be, at most the delay; frames overtake each other
 */
record LinkQuality(double loss, double repeats, Duration delay, Duration jitter) {

  static final LinkQuality PERFECT = new LinkQuality(0, 0, Duration.ZERO, Duration.ZERO);
  static final LinkQuality CUT = new LinkQuality(1, 0, Duration.ZERO, Duration.ZERO);

  /** Links that drop this part of what they are given. */
  static LinkQuality losing(double loss) {
    return new LinkQuality(loss, 0, Duration.ZERO, Duration.ZERO);
  }

  boolean loses(RandomGenerator random) {
    return random.nextDouble() < loss;
  }

  boolean doubles(RandomGenerator random) {
    return random.nextDouble() < repeats;
  }

  /** How late the next frame is, in nanoseconds. */
  long delayNanos(RandomGenerator random) {
    return delay.toNanos() + (long) ((2 * random.nextDouble() - 1) * jitter.toNanos());
  }
}
