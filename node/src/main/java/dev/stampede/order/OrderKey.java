package dev.stampede.order;

import java.util.HexFormat;
import java.util.Optional;

/**
 * What tells an order from every other of its shard: 128 bits that follow from buyer and
 * Idempotency-Key, so that a repeated request names the same order.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record OrderKey(long high, long low) {

  /** Length of the text form, in characters. */
  public static final int TEXT_LENGTH = 32;

  private static final HexFormat HEX = HexFormat.of();

  /** The key written as 32 lower-case hexadecimal digits, or empty where it is not that. */
  public static Optional<OrderKey> parse(String text) {
    if (text.length() != TEXT_LENGTH || !isLowerHex(text)) {
      return Optional.empty();
    }
    return Optional.of(
        new OrderKey(
            HexFormat.fromHexDigitsToLong(text, 0, TEXT_LENGTH / 2),
            HexFormat.fromHexDigitsToLong(text, TEXT_LENGTH / 2, TEXT_LENGTH)));
  }

  private static boolean isLowerHex(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** The bits are those of a keyed hash already: folding them is hash enough. */
  @Override
  public int hashCode() {
    return Long.hashCode(high ^ low);
  }

  @Override
  public String toString() {
    return HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }
}
