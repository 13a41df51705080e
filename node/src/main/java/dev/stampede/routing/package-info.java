/**
 * Which nodes an edge should send a sale's buyers to: a table that follows from who is there and
 * which sales are kept apart, and from nothing else, so that all nodes make the same one.
 *
 * <p>It is a matter of isolation and speed, never of correctness: any node answers for any sale.
 *
 * <p>No threads. Imports {@code java.*} and {@code sale}.
 */
@NullMarked
package dev.stampede.routing;

import org.jspecify.annotations.NullMarked;
