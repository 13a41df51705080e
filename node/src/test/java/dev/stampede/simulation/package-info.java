/**
 * The stock core under simulation, after FoundationDB's: one thread, one seed, virtual time.
 *
 * <pre>
 *   Buyer, Operator ─▶ SimulatedLane ──calls──▶ SimulatedNode (owner) ──changes──▶ SimulatedNode (backup)
 *                                                │ SimulatedStore
 *                                                ▼
 *   Mishaps: nodes die, move, return;          SimulatedDatabase
 *   Network: loses, repeats, delays                                 Promises: checks after every step
 * </pre>
 *
 * <p>Every decision is made by the real {@code StockShard}, {@code ShardChange}, {@code
 * UnstoredChanges} and {@code ShardSnapshot}; lane, owner, backup, store and database are models of
 * {@code ShardLane}, {@code ExecuteCommands}, {@code ApplyChanges}, {@code StockShardStore} and
 * {@code ShardTable}, and have to follow them. A {@link Mechanism} can be switched off, and then
 * some seed must find a violation. Nothing here but the test knows JUnit: {@code ./stampede
 * simulate} runs the same without it.
 *
 * <p>Nothing may depend on anything but the seed: no clock, no identity hash, no immutable set.
 */
@NullMarked
package dev.stampede.simulation;

import org.jspecify.annotations.NullMarked;
