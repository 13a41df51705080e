package dev.stampede.http;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that takes long to make and may be a little old: it is made once for all who ask within
 * a while. Any thread may ask; while one makes it anew, the others have the old one.
 *
 * @param <T> never changed once it is made
 */
final class Prepared<T> {

  private final Supplier<T> source;
  private final long nanos;
  private final LongSupplier clock;
  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable Made<T> last;

  private record Made<T>(T value, long at) {}

  Prepared(Supplier<T> source, Duration oldest) {
    this(source, oldest, System::nanoTime);
  }

  /**
   * With a clock of its own.
   *
   * @param oldest how old it may be
   * @param clock in nanoseconds, as {@link System#nanoTime}
   */
  Prepared(Supplier<T> source, Duration oldest, LongSupplier clock) {
    this.source = source;
    this.nanos = oldest.toNanos();
    this.clock = clock;
  }

  T get() {
    Made<T> known = last;
    if (known != null && (isFresh(known) || making.isLocked())) {
      return known.value();
    }
    making.lock();
    try {
      Made<T> other = last;
      if (other != null && isFresh(other)) {
        return other.value();
      }
      Made<T> made = new Made<>(source.get(), clock.getAsLong());
      last = made;
      return made.value();
    } finally {
      making.unlock();
    }
  }

  private boolean isFresh(Made<T> made) {
    return clock.getAsLong() - made.at() < nanos;
  }
}
