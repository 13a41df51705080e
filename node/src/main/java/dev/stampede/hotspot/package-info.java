/**
 * What this node contributes to finding hot sales, and what it knows to be hot.
 *
 * <pre>
 *   every request ─▶ AccessRecorder ──every 100 ms──▶ pipeline ──▶ HotSet ─▶ listeners
 *                    (counts)                         (hotspot-jet) (isHot)   (caches, events)
 * </pre>
 *
 * <p>Threads: any thread counts and asks {@code isHot}, without locks; one timer drains, another
 * one sweeps. Imports {@code java.*}, {@code hotspot.pipeline}, the domain and Hazelcast; {@code
 * AccessRecorder} and {@code HotSet} are plain Java.
 */
@NullMarked
package dev.stampede.hotspot;

import org.jspecify.annotations.NullMarked;
