package dev.stampede.hotspot.pipeline;

import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.CompactSerializationConfig;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.SerializationConfig;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How this package's types travel between members, of which some may run another build: fields have
 * names, and a build skips those that it does not know. One that is added later must be asked for
 * ({@code getFieldKind}) before it is read.
 */
public final class HotspotSerialization {

  /**
   * Those that a member may make of Java's serialization: what the job's code has in it, and the
   * classes that its lambdas are of. All else of this project travels by serializers of its own.
   */
  private static final Set<String> JAVA_CLASSES =
      Stream.of(
              AccessLog.class,
              AccessSum.class,
              HotspotConfig.class,
              HotspotConfig.Form.class,
              HotspotPipeline.class,
              KafkaAccesses.class,
              KafkaHotItems.class,
              KafkaTopics.class)
          .map(Class::getName)
          .collect(Collectors.toUnmodifiableSet());

  private HotspotSerialization() {}

  /** Whether a member may make an object of this class of Java's serialization. */
  public static boolean isJavaClass(String className) {
    return JAVA_CLASSES.contains(className);
  }

  /** Hazelcast's own filter for those classes; beside them it takes Hazelcast's and Java's. */
  public static JavaSerializationFilterConfig javaFilter() {
    ClassFilter ours = new ClassFilter().setClasses(JAVA_CLASSES);
    return new JavaSerializationFilterConfig().setWhitelist(ours);
  }

  /** Teaches a member the types of the access log, of the map of hot items and of the pipeline. */
  public static void configure(SerializationConfig config) {
    CompactSerializationConfig compact = config.getCompactSerializationConfig();
    compact.addSerializer(new CompactForms.OfAccessCount());
    compact.addSerializer(new CompactForms.OfAccessBatch());
    compact.addSerializer(new CompactForms.OfHotItem());
    compact.addSerializer(new CompactForms.OfAccessSum());
  }
}
