package dev.stampede.hotspot.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hazelcast.jet.json.JsonUtil;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The two JSON formats of Kafka, described in docs/hotspots.md. */
final class KafkaRecords {
  static final int MAX_KEY_LENGTH = 64;
  static final long MAX_COUNT = 1_000_000;

  /** In bytes. What is longer is not read at all. */
  static final int MAX_LENGTH = 4_096;

  private KafkaRecords() {}

  /**
   * What middleware reports.
   *
   * @param time when it happened, in milliseconds since 1970
   */
  record Told(Access access, long time) {}

  /**
   * Reads a record of the access topic.
   *
   * @param time what holds where the record does not say
   * @return nothing if it is malformed or out of bounds
   */
  static Optional<Told> read(byte @Nullable [] value, long time) {
    if (value == null || value.length > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      return told(JsonUtil.mapFrom(new String(value, UTF_8)), time);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Optional<Told> told(@Nullable Map<String, Object> json, long time) {
    if (json != null
        && json.get("key") instanceof String key
        && json.get("count") instanceof Number count
        && json.getOrDefault("time", time) instanceof Number at
        && json.getOrDefault("source", "") instanceof String
        && isWhole(count)
        && isWhole(at)
        && isBounded(key, count.longValue())) {
      Access access = new Access(key, count.longValue(), 0, HotSource.KAFKA);
      return Optional.of(new Told(access, at.longValue()));
    }
    return Optional.empty();
  }

  private static boolean isWhole(Number number) {
    return number instanceof Integer || number instanceof Long;
  }

  private static boolean isBounded(String key, long count) {
    return !key.isBlank() && key.length() <= MAX_KEY_LENGTH && count >= 1 && count <= MAX_COUNT;
  }

  /** A record of the topic of hot sales. */
  static byte[] write(HotItem item) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", item.key());
    json.put("rate", item.rate());
    json.put("purchaseRate", item.purchaseRate());
    json.put("since", item.since());
    json.put("at", item.at());
    json.put(
        "sources",
        item.sources().stream()
            .sorted()
            .map(source -> source.name().toLowerCase(Locale.ROOT))
            .toList());
    return JsonUtil.toJson(json).getBytes(UTF_8);
  }
}
