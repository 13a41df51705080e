package dev.stampede.http;

import java.util.Map;

/** Whether the node is fit to work. Any thread may ask; answers at once. */
@FunctionalInterface
public interface Health {

  /** How it stands now. */
  Readiness readiness();

  /**
   * Whether requests should be sent here.
   *
   * @param ready whether they should
   * @param reason why not, one sentence for people; empty where ready
   * @param details what else to tell, such as {@code members}; values are numbers, texts, booleans
   */
  record Readiness(boolean ready, String reason, Map<String, Object> details) {}
}
