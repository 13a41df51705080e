package dev.stampede.simulation;

import dev.stampede.stock.ShardBounds;
import java.util.Set;

/**
 * What every part of a simulation is given.
 *
 * @param scheduler time, chance and events
 * @param network between nodes
 * @param promises what was told, and the checks
 * @param off the mechanisms that are switched off
 */
record World(Scheduler scheduler, Network network, Promises promises, Set<Mechanism> off) {

  /** So few that buyers get there. */
  static final int MOST_OPEN_ORDERS = 2;

  /** Whether a mechanism works. */
  boolean has(Mechanism mechanism) {
    return !off.contains(mechanism);
  }

  /** What owners obey. */
  ShardBounds bounds() {
    return new ShardBounds(
        Integer.MAX_VALUE,
        has(Mechanism.OPEN_ORDERS_ARE_BOUNDED) ? MOST_OPEN_ORDERS : Integer.MAX_VALUE);
  }
}
