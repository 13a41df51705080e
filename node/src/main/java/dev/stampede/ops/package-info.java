/**
 * What operators look at: metric names, health, and the audit that compares grid and database.
 *
 * <p>No threads of its own: whoever asks waits. Imports the domain and {@code config}; grid and
 * database come in as ports.
 */
@NullMarked
package dev.stampede.ops;

import org.jspecify.annotations.NullMarked;
