/**
 * MariaDB: what happened, kept for good.
 *
 * <pre>
 *   sales ─▶ shards ─▶ orders, refunds, adjustments      the state, as of the shard row's seq
 *                  └─▶ ledger                            the changes that led there, chained by hash
 *                         ▲ dead_letter                  which rows of a change their table refused
 * </pre>
 *
 * <p>Whoever touches a shard locks its row first and commits once, so every commit is a state that
 * the shard really had. JDBC stays inside: errors leave as {@link
 * dev.stampede.persistence.DatabaseException}.
 *
 * <p>Threads: any may call, each call blocks and uses one connection of the pool. Imports the
 * domain, {@code config}, JDBC, HikariCP and Flyway.
 */
@NullMarked
package dev.stampede.persistence;

import org.jspecify.annotations.NullMarked;
