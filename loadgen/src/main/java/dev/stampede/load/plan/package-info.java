/**
 * What the buyers mean to do, decided before anybody does it: when each arrives, what each is
 * after, how long a refused one waits. Pure and without threads; imports only java.*.
 */
@NullMarked
package dev.stampede.load.plan;

import org.jspecify.annotations.NullMarked;
