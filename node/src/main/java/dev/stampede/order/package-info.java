/**
 * A buyer's claim on some units of a sale: its identity, its states, its record.
 *
 * <p>No threads. Imports {@code java.*} and the ids of {@code sale}.
 */
@NullMarked
package dev.stampede.order;

import org.jspecify.annotations.NullMarked;
