package dev.stampede.hotspot.pipeline;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * Where middleware outside reports accesses and is told what is hot.
 *
 * @param servers brokers to ask first: {@code host:port,…}
 * @param access topic of the accesses that it reports
 * @param hot topic of the hot sales that it is told
 */
public record KafkaTopics(String servers, String access, String hot) implements Serializable {
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  public KafkaTopics {
    if (servers.isBlank()) {
      throw new IllegalArgumentException("Kafka without a server: needs host:port,…");
    }
    requireTopic(access);
    requireTopic(hot);
  }

  /** A text that differs where any value differs: a topic has no blank in it. */
  String fingerprint() {
    return "access=%s hot=%s kafka=%s".formatted(access, hot, servers);
  }

  private static void requireTopic(String name) {
    if (!TOPIC.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is not a Kafka topic's name");
    }
  }
}
