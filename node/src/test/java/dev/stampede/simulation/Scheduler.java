package dev.stampede.simulation;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Virtual time, chance, and what is to happen when: the whole of a history follows from a seed. */
final class Scheduler {

  /** Where a history begins, within the sale's window, in milliseconds since 1970. */
  static final long BEGIN = 1_000_000;

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final SplittableRandom random;
  private final Trace trace;
  private long now = BEGIN;
  private long scheduled;

  /** Something that is to happen, unless it is called off. */
  static final class Event implements Comparable<Event> {
    private final long at;
    private final long number;
    private final Runnable action;
    private boolean off;

    private Event(long at, long number, Runnable action) {
      this.at = at;
      this.number = number;
      this.action = action;
    }

    void callOff() {
      off = true;
    }

    @Override
    public int compareTo(Event other) {
      return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
    }
  }

  Scheduler(long seed, Trace trace) {
    this.random = new SplittableRandom(seed);
    this.trace = trace;
  }

  /** Milliseconds since 1970. */
  long now() {
    return now;
  }

  /** Has something happen in so many milliseconds. */
  Event after(long millis, Runnable action) {
    Event event = new Event(now + millis, scheduled++, action);
    events.add(event);
    return event;
  }

  /** Lets the next thing happen. */
  void step() {
    Event next = events.remove();
    while (next.off) {
      next = events.remove();
    }
    now = next.at;
    trace.step(now, next.number);
    next.action.run();
  }

  /** Writes down what happens. */
  void note(int detail, Supplier<String> text) {
    trace.note(now, detail, text);
  }

  /** From {@code least} to below {@code bound}. */
  long draw(long least, long bound) {
    return random.nextLong(least, bound);
  }

  /** From 0 to below {@code bound}. */
  int draw(int bound) {
    return random.nextInt(bound);
  }

  /** True in so many cases of a hundred. */
  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
