package dev.stampede.grid;

import com.hazelcast.core.HazelcastInstance;
import dev.stampede.grid.ClusterTime.Reading;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * This node's clock, with what the other clocks say of it. Entry processors and {@link ReadClock}
 * find it in the user context of the member that they run on. Any thread may ask.
 */
public final class NodeClock {

  private static final String CONTEXT_KEY = "stampede.node-clock";

  /** The shortest of so many round trips to the database counts before the node joins. */
  private static final int TRIES = 3;

  private final InstantSource wall;
  private final ClusterTime time;

  /**
   * A clock that is trusted until it was measured.
   *
   * @param wall the machine's clock
   * @param bound how far it may be off
   */
  NodeClock(InstantSource wall, Duration bound) {
    this.wall = wall;
    this.time = new ClusterTime(bound, wall.millis(), System.nanoTime());
  }

  static NodeClock of(HazelcastInstance member) {
    Object entered = member.getUserContext().get(CONTEXT_KEY);
    if (entered instanceof NodeClock clock) {
      return clock;
    }
    throw new IllegalStateException(member.getName() + " was not started by this project");
  }

  void enterInto(ConcurrentMap<String, Object> userContext) {
    userContext.put(CONTEXT_KEY, this);
  }

  /** Milliseconds since 1970 by the machine's clock, right or wrong. */
  long millis() {
    return wall.millis();
  }

  /** Whether a shard may be decided on by this time, which {@link #millis} has just said. */
  boolean isTrusted(long millis) {
    return time.isTrusted(millis, System.nanoTime());
  }

  /** How far it is ahead of the cluster's time, in milliseconds; behind: below 0. */
  public long aheadMillis() {
    return time.aheadMillis(wall.millis(), System.nanoTime());
  }

  /** Why it is not trusted, one clause for people; empty if it is. */
  public Optional<String> fault() {
    return time.fault(wall.millis(), System.nanoTime());
  }

  void measured(List<Reading> others) {
    time.measured(others, wall.millis(), System.nanoTime());
  }

  /**
   * Compares it with the database's clock, before this node owns anything. Blocks.
   *
   * @param database the database's clock, milliseconds since 1970; blocks, and throws if the
   *     database cannot be asked
   * @throws GridStartException if both are too far apart
   */
  void requireAgreement(LongSupplier database) {
    Optional<Reading> best = Optional.empty();
    long shortest = ClockWatch.LONGEST_TRIP_NANOS;
    for (int i = 0; i < TRIES; i++) {
      long asked = System.nanoTime();
      long millis = database.getAsLong();
      long answered = System.nanoTime();
      if (answered - asked <= shortest) {
        shortest = answered - asked;
        best = Optional.of(Reading.of(ClockWatch.DATABASE, millis, asked, answered));
      }
    }
    measured(best.stream().toList());
    fault()
        .ifPresent(fault -> {
          throw new GridStartException(
              "this node does not join: "
                  + fault
                  + ". Set the clock that is wrong (timedatectl, chrony) and start it again");
        });
  }
}
