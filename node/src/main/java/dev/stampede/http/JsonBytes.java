package dev.stampede.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * Writes small JSON texts straight into bytes: the hottest answers are made of fixed pieces and a
 * few values, for which a tree or a general mapper would only be in the way. For one thread.
 */
final class JsonBytes {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int size;

  /** Starts an empty text that will probably have so many bytes. */
  JsonBytes(int expected) {
    bytes = new byte[expected];
  }

  /** Appends a piece of JSON as it is; ASCII only. */
  JsonBytes raw(String ascii) {
    int length = ascii.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      bytes[size + i] = (byte) ascii.charAt(i);
    }
    size += length;
    return this;
  }

  /** Appends JSON that is in bytes already. */
  JsonBytes raw(byte[] json) {
    reserve(json.length);
    System.arraycopy(json, 0, bytes, size, json.length);
    size += json.length;
    return this;
  }

  JsonBytes number(long value) {
    return raw(Long.toString(value));
  }

  JsonBytes bool(boolean value) {
    return raw(value ? "true" : "false");
  }

  /** Appends a text in quotes, with whatever must not stand there escaped. */
  JsonBytes string(String text) {
    raw("\"");
    if (isPlain(text)) {
      return raw(text).raw("\"");
    }
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      character(each);
    }
    return raw("\"");
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private void character(byte each) {
    reserve(6);
    if (each == '"' || each == '\\') {
      bytes[size++] = '\\';
      bytes[size++] = each;
    } else if (each >= 0 && each < ' ') {
      raw("\\u00");
      bytes[size++] = HEX[each >> 4];
      bytes[size++] = HEX[each & 0xf];
    } else {
      bytes[size++] = each;
    }
  }

  /**
   * Appends an instant in quotes, ISO 8601, UTC, with milliseconds; the year must have 4 digits.
   */
  JsonBytes time(long epochMillis) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(Math.floorDiv(epochMillis, 1000L), 0, ZoneOffset.UTC);
    raw("\"").digits(time.getYear(), 4).raw("-").digits(time.getMonthValue(), 2);
    raw("-").digits(time.getDayOfMonth(), 2).raw("T").digits(time.getHour(), 2);
    raw(":").digits(time.getMinute(), 2).raw(":").digits(time.getSecond(), 2);
    return raw(".").digits((int) Math.floorMod(epochMillis, 1000L), 3).raw("Z\"");
  }

  JsonBytes time(Instant instant) {
    return time(instant.toEpochMilli());
  }

  private JsonBytes digits(int value, int count) {
    reserve(count);
    int rest = value;
    for (int i = size + count - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += count;
    return this;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
