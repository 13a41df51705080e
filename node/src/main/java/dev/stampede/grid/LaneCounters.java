package dev.stampede.grid;

import java.util.concurrent.atomic.LongAdder;

/**
 * What all lanes of a node did. Any thread counts and reads.
 *
 * @param calls calls to owners
 * @param commands commands in those calls
 * @param repeats calls made again because the one before ended without an answer
 */
record LaneCounters(LongAdder calls, LongAdder commands, LongAdder repeats) {

  LaneCounters() {
    this(new LongAdder(), new LongAdder(), new LongAdder());
  }

  void called(Batch batch) {
    calls.increment();
    commands.add(batch.commands().size());
    if (batch.attempts() > 0) {
      repeats.increment();
    }
  }
}
