package dev.stampede.config;

/**
 * A value as somebody wrote it.
 *
 * @param text the value; lists are joined by commas
 * @param where who wrote it: file and key, variable, or flag
 */
public record Given(String text, String where) {

  /** Without the value: it may be a secret. */
  @Override
  public String toString() {
    return where;
  }
}
