/**
 * Judges a run: what the buyers were told against what the servers say at the end. Pure functions
 * over immutable records, without threads. May import {@code record} and java.*.
 */
@NullMarked
package dev.stampede.load.verdict;

import org.jspecify.annotations.NullMarked;
