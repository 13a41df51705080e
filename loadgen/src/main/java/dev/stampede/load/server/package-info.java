/**
 * Asks the servers for what the verdict needs: sales, audit, orders. Called on the main thread,
 * waits for each answer. May import {@code http}, {@code buyer}, {@code verdict}, Jackson and
 * java.*.
 */
@NullMarked
package dev.stampede.load.server;

import org.jspecify.annotations.NullMarked;
