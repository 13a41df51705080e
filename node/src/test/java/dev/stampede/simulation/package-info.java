/**
 * The stock core under simulation, after FoundationDB's: one thread, one seed, virtual time.
 *
 * <pre>
 *   Buyer, Operator ─▶ SimulatedLane ──calls──▶ SimulatedNode (owner) ──changes──▶ SimulatedNode (backup)
 *                                                │ SimulatedStore
 *                                                ▼
 *   Mishaps: nodes die, move, return;          SimulatedDatabase
 *   Network: loses, repeats, delays                                 Promises: checks after every step
 *   Parting: a node hangs or is cut off
 * </pre>
 *
 * <p>Every decision is made by the real {@code StockShard}, {@code ShardChange}, {@code
 * UnstoredChanges} and {@code ShardSnapshot}; lane, owner, backup, store and database are models of
 * {@code ShardLane}, {@code ShardInstaller}, {@code ExecuteCommands}, {@code ApplyChanges}, {@code
 * StockShardStore} and {@code ShardTable}, and have to follow them. A {@link Mechanism} can be
 * switched off, and then some seed must find a violation. Nothing here but the test knows JUnit:
 * {@code ./stampede simulate} runs the same without it.
 *
 * <p>The grid itself is modelled as far as the promises rest on it: each {@link Side} has its own
 * picture of members and replicas. A call may be carried out again, late, by a successor, after its
 * lane has given up or been answered; one that was refused is not (Hazelcast fails it as
 * indeterminate instead, as it is told to). A {@link Parting} gives one node another picture than
 * the others have: it hangs, or is cut off from them, though not from buyers and database. It goes
 * on as the owner that it may no longer be until it notices, and drops what it has when both sides
 * know.
 *
 * <p>As Hazelcast 5.7.0 does it (decision 0019 names the classes): a call or a change from a node
 * that is no member is refused. Only the oldest member removes others. A member is removed at once,
 * the quorum counts later, and the table names its replica until it is repaired, later still;
 * meanwhile nothing is sent to that replica, and nothing awaited. A node that joins another side
 * gets no answers to its calls.
 *
 * <p>What follows for forks, and is asserted: only confirmed changes are written, and a side that
 * goes on has all of them. So the database sees a second history only once the side that went on
 * had lost its last replica and loaded anew, while a struck node lived. It is always that node's
 * history that is refused, which then answers nothing more; orders told from it alone count as lost
 * with the replicas. Two pictures without a loss lead to no fork.
 *
 * <p>One mechanism is an assumption about Hazelcast that it does not keep for certain, and that the
 * product does not enforce. {@link Mechanism#WHO_WENT_ON_IS_LARGER}: a cut does not heal while
 * those who went on are not the larger side any more, as some of them have died. Hazelcast goes by
 * size alone, and by address in a tie.
 *
 * <p>Not modelled: more than one node parted at a time, links that fail in one direction, more than
 * five nodes, a member that is removed between the owner's check and the sending of a change if the
 * caller is on another node. In a tie of two nodes either may win, also a blank one: that counts as
 * a loss. Answers that change nothing may come from a struck owner, and be old: of them, only the
 * denial of a payment is checked.
 *
 * <p>More than the product does: a node here also loads the shard while a backup is missing, and
 * what it loads is put into the grid in one step.
 *
 * <p>Not among the mechanisms, as others cover for them: that a minority refuses at once (all
 * backups of an owner being members, it is in a majority), and that a forked shard is fenced (a
 * fork needs a loss during a cut, once in 10,000 histories, and then nobody calls the loser before
 * it learns of the cut; {@code GridFaultsIT.fork_…} shows it). Nor is there any more an assumption
 * that a struck node loads nothing: it may, and that breaks no promise in these histories.
 *
 * <p>A {@link History} that breaks a promise is made shorter by the {@link Shrinker}, and {@link
 * Histories} tells how to replay it.
 *
 * <p>Nothing may depend on anything but the seed: no clock, no identity hash, no immutable set.
 */
@NullMarked
package dev.stampede.simulation;

import org.jspecify.annotations.NullMarked;
