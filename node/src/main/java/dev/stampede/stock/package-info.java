/**
 * The heart: a shard of a sale's stock, together with every order taken from it.
 *
 * <pre>
 *   commands ──▶ StockShard.decide(commands, now, bounds)      reads, never touches
 *                  ──▶ ShardChange + Outcomes
 *                StockShard.apply(change)                      touches, never fails
 *                ShardChange: numbered, chained by hash ──▶ backups, MariaDB, audits
 * </pre>
 *
 * <p>All rules are in {@code decide}. It has no I/O, no clock and no randomness; time and bounds
 * are parameters. A shard is used by one thread at a time (its partition's), except for {@link
 * dev.stampede.stock.UnstoredChanges} and {@link dev.stampede.stock.StockShard#snapshot}, which any
 * thread may use. Imports {@code java.*}, {@code sale} and {@code order}.
 */
@NullMarked
package dev.stampede.stock;

import org.jspecify.annotations.NullMarked;
