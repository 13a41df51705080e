package dev.stampede.hotspot.pipeline;

import com.hazelcast.config.CompactSerializationConfig;
import com.hazelcast.config.SerializationConfig;

/**
 * How this package's types travel between members, of which some may run another build: fields have
 * names, and a build skips those that it does not know. One that is added later must be asked for
 * ({@code getFieldKind}) before it is read.
 */
public final class HotspotSerialization {
  private HotspotSerialization() {}

  /** Teaches a member the types of the two maps and of the pipeline. */
  public static void configure(SerializationConfig config) {
    CompactSerializationConfig compact = config.getCompactSerializationConfig();
    compact.addSerializer(new CompactForms.OfAccessCount());
    compact.addSerializer(new CompactForms.OfAccessBatch());
    compact.addSerializer(new CompactForms.OfHotItem());
    compact.addSerializer(new CompactForms.OfAccessSum());
  }
}
