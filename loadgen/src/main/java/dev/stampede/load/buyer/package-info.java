/**
 * The virtual buyers: what they send, what they make of the answers, and how they find out the
 * truth when a server dies on them. Runs on the loop's thread. May import {@code http}, {@code
 * plan}, {@code record}, Jackson and java.*.
 */
@NullMarked
package dev.stampede.load.buyer;

import org.jspecify.annotations.NullMarked;
