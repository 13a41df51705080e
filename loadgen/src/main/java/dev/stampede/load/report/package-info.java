/**
 * What people and machines read of a run: progress lines, the summary, JSON, HTML, thresholds.
 * Pure; writes nothing by itself. May import {@code record}, {@code verdict}, Jackson, HdrHistogram
 * and java.*.
 */
@NullMarked
package dev.stampede.load.report;

import org.jspecify.annotations.NullMarked;
