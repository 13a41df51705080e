/**
 * The Jet pipeline that finds hot sales from the stream of accesses.
 *
 * <p>Runs on Jet's cooperative threads. Knows only its own records; may import {@code java.*} and
 * Hazelcast Jet, nothing of the node.
 */
@NullMarked
package dev.stampede.hotspot.pipeline;

import org.jspecify.annotations.NullMarked;
