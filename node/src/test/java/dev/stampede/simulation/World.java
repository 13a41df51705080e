package dev.stampede.simulation;

import org.jspecify.annotations.Nullable;

/**
 * What every part of a simulation is given.
 *
 * @param scheduler time, chance and events
 * @param network between nodes
 * @param promises what was told, and the checks
 * @param off the one mechanism that is switched off, if any
 */
record World(Scheduler scheduler, Network network, Promises promises, @Nullable Mechanism off) {

  /** Whether a mechanism works. */
  boolean has(Mechanism mechanism) {
    return mechanism != off;
  }
}
