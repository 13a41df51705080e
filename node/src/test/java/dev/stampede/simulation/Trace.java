package dev.stampede.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** What happened, as a hash of everything and, where asked for, the last of it as text. */
final class Trace {

  private static final int LAST = 60;

  private final boolean asText;
  private final Deque<String> last = new ArrayDeque<>();
  private long hash;

  Trace(boolean asText) {
    this.asText = asText;
  }

  void step(long now, long event) {
    mix(now);
    mix(event);
  }

  void note(long now, int detail, Supplier<String> text) {
    mix(detail);
    if (asText) {
      if (last.size() == LAST) {
        last.remove();
      }
      last.add("%9.3f s  %s".formatted((now - Scheduler.BEGIN) / 1000.0, text.get()));
    }
  }

  private void mix(long value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15L;
    hash ^= hash >>> 32;
  }

  long hash() {
    return hash;
  }

  /** The last lines, oldest first. */
  List<String> lines() {
    return List.copyOf(last);
  }
}
