package dev.stampede.grid;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The machine's clock, wrong by as much as a test says. */
final class ShiftedClock implements InstantSource {

  private volatile Duration shift = Duration.ZERO;

  /** How far it is ahead from now on. */
  void shift(Duration ahead) {
    shift = ahead;
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(shift);
  }
}
