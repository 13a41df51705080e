package dev.stampede.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Random damage to a good token. The seed of a failure is in its message. */
final class TokenFuzzTest {

  private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(US_ASCII);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final int ROUNDS = 100_000;
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final String ODD = ALPHABET + ".=+/ \t\r\n%,;\"\0\u007f\u00ff\u0100\u2028\ud83d";
  private static final String JSON = "{}[]\",:\\ntrufalse0123456789.eE-+ \0\u00e9\ud83d";

  private final RawTokens raw = new RawTokens(KEY);
  private final Tokens tokens =
      new Tokens(Base64.getEncoder().encodeToString(KEY), Clock.fixed(NOW, ZoneOffset.UTC));

  private static RandomGenerator seeded(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  @Test
  void verify_whenTextIsChanged_isNeverValid() {
    long seed = System.nanoTime();
    RandomGenerator random = seeded(seed);
    for (int round = 0; round < ROUNDS; round++) {
      // Lengths of all kinds modulo 3, so that each part has spare bits now and then.
      String token = raw.token(claims("x".repeat(1 + random.nextInt(9))));
      assertThat(tokens.verify(token)).isInstanceOf(TokenVerdict.Valid.class);
      String damaged = damaged(token, ODD, random);
      if (!damaged.equals(token) && isValid(damaged, seed, round)) {
        fail("seed %d, round %d: accepted %s as %s", seed, round, damaged, token);
      }
    }
  }

  @Test
  void verify_whenJsonIsChanged_neverThrows() {
    long seed = System.nanoTime();
    RandomGenerator random = seeded(seed);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] header = damaged(RawTokens.HEADER, JSON, random).getBytes(UTF_8);
      byte[] claims = damaged(claims("ann"), JSON, random).getBytes(UTF_8);
      spoil(claims, random);
      String token = raw.token(header, claims);
      isValid(token, seed, round);
      isValid(token + "A", seed, round);
    }
  }

  private static void spoil(byte[] bytes, RandomGenerator random) {
    if (random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
  }

  private static String claims(String subject) {
    return "{\"iss\":\"stampede\",\"sub\":\""
        + subject
        + "\",\"nbf\":1700000000,\"aud\":[\"shop\"],\"exp\":4000000000,\"roles\":[\"admin\"]}";
  }

  private boolean isValid(String token, long seed, int round) {
    try {
      return tokens.verify(token) instanceof TokenVerdict.Valid;
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed + ", round " + round + ": " + token, e);
    }
  }

  /**
   * One to three characters changed, put in, taken out or doubled, or a part in place of another.
   */
  private static String damaged(String text, String characters, RandomGenerator random) {
    StringBuilder changed = new StringBuilder(text);
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      // Ends matter most: spare bits and padding are there.
      int at =
          random.nextInt(3) == 0
              ? changed.length() - 1 - random.nextInt(3)
              : random.nextInt(changed.length());
      char other = characters.charAt(random.nextInt(characters.length()));
      switch (random.nextInt(6)) {
        case 0 -> changed.insert(at, other);
        case 1 -> changed.deleteCharAt(at);
        case 2 -> changed.insert(at, changed.charAt(at));
        case 3 -> changed.append(other);
        case 4 -> changed.setLength(at + 1);
        default -> changed.setCharAt(at, other);
      }
      if (changed.length() < 4) {
        return changed.append("abcd").toString();
      }
    }
    return changed.toString();
  }
}
