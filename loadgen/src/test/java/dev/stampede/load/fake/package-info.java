/**
 * A little shop that keeps the API's contract, and breaks it where a test asks it to. Safe for the
 * threads of its HTTP servers: the stock is one lock.
 */
@NullMarked
package dev.stampede.load.fake;

import org.jspecify.annotations.NullMarked;
