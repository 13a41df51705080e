package dev.stampede.hotspot.pipeline;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a sale is hot.
 *
 * @param enter becomes hot at this many accesses per second or more, above 0
 * @param leave stays hot down to this many, above 0 and at most {@code enter}
 * @param top at most this many are hot at once, 1 to {@value #MAX_TOP}: the hottest
 * @param kafka where middleware outside reports accesses and is told what is hot, if anywhere
 */
public record HotspotConfig(double enter, double leave, int top, Optional<KafkaTopics> kafka)
    implements Serializable {
  /** Accesses are counted over this long… */
  public static final Duration WINDOW = Duration.ofSeconds(1);

  /** …and looked at this often. */
  public static final Duration STEP = Duration.ofMillis(100);

  public static final int MAX_TOP = 10_000;

  public HotspotConfig {
    if (!(leave > 0 && leave <= enter && enter < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "A sale becomes hot at %s and stays hot down to %s: needs 0 < leave <= enter"
              .formatted(enter, leave));
    }
    if (top < 1 || top > MAX_TOP) {
      throw new IllegalArgumentException("top is " + top + ", not 1 to " + MAX_TOP);
    }
  }

  /** A text that differs where any value differs. */
  public String fingerprint() {
    String numbers = "enter=%s leave=%s top=%d".formatted(enter, leave, top);
    return kafka.map(topics -> numbers + " " + topics.fingerprint()).orElse(numbers);
  }

  /** An {@link Optional} is not serializable. */
  private Object writeReplace() {
    return new Form(enter, leave, top, kafka.orElse(null));
  }

  record Form(double enter, double leave, int top, @Nullable KafkaTopics kafka)
      implements Serializable {
    private Object readResolve() {
      return new HotspotConfig(enter, leave, top, Optional.ofNullable(kafka));
    }
  }
}
