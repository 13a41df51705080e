package dev.stampede.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

/** Random lists in headers. The seed of a failure is in its message. */
final class HeaderListFuzzTest {

  private static final int ROUNDS = 20_000;
  private static final String[] PREFERENCES = {
    "respond-async",
    "wait=3",
    "wait",
    "WAIT = \"7\"",
    "wait=x",
    "x=\"a, wait=5\"",
    "x;wait=4",
    "wait=2;x=\"a,b\"",
    "",
    "\"\\\",wait\"",
    "wait=0"
  };
  private static final String ANY = "abc=,;\"\\ \t0123wait";

  private static RandomGenerator seeded(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static Head head(List<String> lines) {
    HttpFields.Mutable headers = HttpFields.build();
    lines.forEach(line -> headers.add("Prefer", line));
    return new Head("POST", "/", headers);
  }

  @Test
  void list_howeverManyLinesItHas_meansTheSame() {
    long seed = System.nanoTime();
    RandomGenerator random = seeded(seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<String> elements = new ArrayList<>();
      List<String> lines = new ArrayList<>();
      for (int left = 1 + random.nextInt(5); left > 0; left--) {
        String element = PREFERENCES[random.nextInt(PREFERENCES.length)];
        elements.add(element);
        if (lines.isEmpty() || random.nextBoolean()) {
          lines.add(element);
        } else {
          lines.add(lines.removeLast() + " ,".repeat(1 + random.nextInt(2)) + " " + element);
        }
      }
      assertThat(HeaderList.split(head(lines).list("PREFER", ","), ','))
          .as("seed %d, round %d: %s", seed, round, lines)
          .isEqualTo(elements.stream().filter(each -> !each.isEmpty()).toList());
      assertThat(head(lines).preferredWait())
          .as("seed %d, round %d: %s", seed, round, lines)
          .isEqualTo(head(List.of(String.join(",", elements))).preferredWait());
    }
  }

  @Test
  void list_ofWhatever_neverThrowsAndIsBounded() {
    long seed = System.nanoTime();
    RandomGenerator random = seeded(seed);
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder text = new StringBuilder();
      for (int left = random.nextInt(30); left > 0; left--) {
        text.append(ANY.charAt(random.nextInt(ANY.length())));
      }
      assertThat(head(List.of(text.toString())).preferredWait())
          .as("seed %d, round %d: %s", seed, round, text)
          .isBetween(Duration.ZERO, Preference.MOST);
    }
  }
}
