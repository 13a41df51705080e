package dev.stampede.hotspot.pipeline;

/** By whom a hot sale was found. The names are part of the wire format. */
public enum HotSource {
  /** Counted by the nodes. */
  NODES,
  /** Told through Kafka. */
  KAFKA,
  /** Promoted: hot by configuration, before anybody came. */
  STATIC
}
