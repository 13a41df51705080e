/**
 * What the run did and was told: counts, latencies, and every purchase that was acknowledged or
 * left unanswered. {@link dev.stampede.load.record.RunRecord} belongs to the loop's thread;
 * everything else is immutable. May import HdrHistogram and java.*.
 */
@NullMarked
package dev.stampede.load.record;

import org.jspecify.annotations.NullMarked;
