package dev.stampede.sale;

import java.util.regex.Pattern;

/**
 * The name of a sale, as it stands in addresses and order ids: 1 to 40 lower-case letters, digits
 * and single inner hyphens.
 *
 * @param value the name, for example {@code aurora-headphones}
 */
public record SaleId(String value) implements Comparable<SaleId> {

  /** The longest name, in characters. */
  public static final int MAX_LENGTH = 40;

  private static final Pattern SHAPE = Pattern.compile("[a-z0-9](-?[a-z0-9])*");

  /** Refuses any other shape with an {@link IllegalArgumentException}. */
  public SaleId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "a sale id has 1 to "
              + MAX_LENGTH
              + " lower-case letters, digits and single inner hyphens: "
              + value);
    }
  }

  /** Whether a text has the shape of a sale id. */
  public static boolean isValid(String text) {
    return text.length() <= MAX_LENGTH && SHAPE.matcher(text).matches();
  }

  @Override
  public int compareTo(SaleId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
