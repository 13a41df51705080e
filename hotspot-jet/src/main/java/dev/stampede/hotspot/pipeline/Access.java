package dev.stampede.hotspot.pipeline;

/** Accesses to one key as one source counted them. */
record Access(String key, long reads, long purchases, HotSource source) {
  static Access byNode(AccessCount count) {
    return new Access(count.key(), count.reads(), count.purchases(), HotSource.NODES);
  }
}
