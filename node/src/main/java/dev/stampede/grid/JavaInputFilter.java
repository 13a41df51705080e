package dev.stampede.grid;

import dev.stampede.hotspot.pipeline.HotspotSerialization;
import java.io.ObjectInputFilter;
import java.util.List;

/**
 * Which classes this process makes of Java's serialization. Hazelcast has a filter of its own, but
 * reads the code of jobs without it; this one holds for every stream of the process.
 *
 * <p>Allowed are the classes of the job that finds hot sales, one by one, and what Hazelcast's own
 * filter always takes: Java's and Hazelcast's. Any thread may use it.
 */
public final class JavaInputFilter implements ObjectInputFilter {

  /** As Hazelcast's filter has them; members send each other exceptions and collections. */
  private static final List<String> OF_OTHERS = List.of("java", "com.hazelcast.");

  /** Between the name of a lambda's own class and that of the class which it is of. */
  private static final String LAMBDA = "$$Lambda";

  JavaInputFilter() {}

  /** Sets it for the whole process, unless the JVM was started with another one. */
  public static void install() {
    if (Config.getSerialFilter() == null) {
      Config.setSerialFilter(new JavaInputFilter());
    }
  }

  @Override
  public Status checkInput(FilterInfo info) {
    Class<?> type = info.serialClass();
    if (type == null) {
      return Status.UNDECIDED; // about sizes, which packets bound
    }
    while (type.isArray()) {
      type = type.getComponentType();
    }
    return type.isPrimitive() || isAllowed(declared(type)) ? Status.ALLOWED : Status.REJECTED;
  }

  private static boolean isAllowed(String name) {
    return OF_OTHERS.stream().anyMatch(name::startsWith) || HotspotSerialization.isJavaClass(name);
  }

  private static String declared(Class<?> type) {
    String name = type.getName();
    int lambda = type.isHidden() ? name.indexOf(LAMBDA) : -1;
    return lambda < 0 ? name : name.substring(0, lambda);
  }
}
