/**
 * The Jet pipeline that finds hot sales from the stream of accesses.
 *
 * <pre>
 * access-log (ring)    ──► Access ─┐
 *                                  ├─► sum a key: 1 s by 100 ms ─► at least leave ─► HotBoard ─┬─► hot-items
 * Kafka, if configured ──► Access ─┘      (on every member)                      (on one member) └─► Kafka, if configured
 * </pre>
 *
 * <p>Runs on Jet's threads. What speaks to Kafka has a thread of its own ({@link
 * dev.stampede.hotspot.pipeline.KafkaLink}), so that a broker that is away holds nobody up; its
 * classes are loaded only where Kafka is configured. Knows only its own records; may import {@code
 * java.*}, Hazelcast and the Kafka client, nothing of the node.
 */
@NullMarked
package dev.stampede.hotspot.pipeline;

import org.jspecify.annotations.NullMarked;
