/**
 * The data grid: where shards live, and how commands reach them.
 *
 * <pre>
 *   GridStock ─▶ ShardLane ──ExecuteCommands──▶ owner of the partition ──ApplyChanges──▶ backups
 *   (port)       (queue, one      (entry             │
 *                call in flight)   processor)        └─ write-behind ─▶ StockShardStore ─▶ MariaDB
 *
 *   OwnerRounds: every 200 ms, what a shard needs without anybody asking (expiry, confirmation)
 * </pre>
 *
 * <p>Shards of dedicated sales live in a map of their own, with a store of its own ({@link
 * dev.stampede.grid.StockStores}); a lane leads to the map of its sale's tier.
 *
 * <p>Threads: entry processors run on partition threads and never block; lanes answer on an
 * executor of their own; each store runs on one write-behind thread of Hazelcast. Imports the
 * domain, {@code config}, {@code persistence} and Hazelcast, which nobody else but {@code hotspot}
 * knows.
 */
@NullMarked
package dev.stampede.grid;

import org.jspecify.annotations.NullMarked;
