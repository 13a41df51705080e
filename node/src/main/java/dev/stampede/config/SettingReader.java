package dev.stampede.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Reads values of a layer in the type that they should have; complains in one line otherwise. */
final class SettingReader {

  private final SettingLayer layer;

  SettingReader(SettingLayer layer) {
    this.layer = layer;
  }

  boolean isSet(Setting setting) {
    return layer.find(setting).isPresent();
  }

  String text(Setting setting, Pattern shape, String expected) {
    Given given = given(setting, expected);
    if (!shape.matcher(given.text()).matches()) {
      throw refusal(setting, given, expected);
    }
    return given.text();
  }

  String textOrEmpty(Setting setting, Pattern shape, String expected) {
    return isSet(setting) ? text(setting, shape, expected) : "";
  }

  int integer(Setting setting, int least, int most) {
    String expected = "a whole number from " + least + " to " + most;
    Given given = given(setting, expected);
    try {
      int value = Integer.parseInt(given.text());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, in our own words.
    }
    throw refusal(setting, given, expected);
  }

  /** The same, or another value where it is not set. */
  int integer(Setting setting, int least, int most, int otherwise) {
    return isSet(setting) ? integer(setting, least, most) : otherwise;
  }

  boolean yesOrNo(Setting setting) {
    String expected = "true or false";
    Given given = given(setting, expected);
    return switch (given.text()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refusal(setting, given, expected);
    };
  }

  Duration duration(Setting setting, Duration least, Duration most) {
    String expected =
        "a time such as 500ms, 5s, 2m from "
            + Durations.format(least)
            + " to "
            + Durations.format(most);
    Given given = given(setting, expected);
    return Durations.parse(given.text())
        .filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0)
        .orElseThrow(() -> refusal(setting, given, expected));
  }

  /** All of a list, which may be empty. */
  List<String> list(Setting setting, Pattern shape, String expected) {
    return layer
        .find(setting)
        .map(given -> split(setting, given, shape, expected))
        .orElse(List.of());
  }

  /** One key: base64. */
  String key(Setting setting, int leastBytes, int mostBytes) {
    List<String> keys = keys(setting, "", leastBytes, mostBytes);
    if (keys.size() > 1) {
      String expected = "one key only";
      throw refusal(setting, given(setting, expected), expected);
    }
    return keys.getFirst();
  }

  /** One or more keys: base64 behind a prefix. */
  List<String> keys(Setting setting, String prefix, int leastBytes, int mostBytes) {
    String expected = prefix + "BASE64 of " + leastBytes + " to " + mostBytes + " random bytes";
    Given given = given(setting, expected);
    List<String> keys = split(setting, given, Pattern.compile(prefix + ".+"), expected);
    for (String key : keys) {
      int bytes =
          Base64Text.decode(key.substring(prefix.length())).map(read -> read.length).orElse(-1);
      if (bytes < leastBytes || bytes > mostBytes) {
        throw refusal(setting, given, expected);
      }
    }
    return keys;
  }

  private static List<String> split(Setting setting, Given given, Pattern shape, String expected) {
    List<String> parts = Arrays.stream(given.text().split(",", -1)).map(String::strip).toList();
    if (parts.isEmpty() || !parts.stream().allMatch(part -> shape.matcher(part).matches())) {
      throw refusal(setting, given, expected);
    }
    return parts;
  }

  private Given given(Setting setting, String expected) {
    return layer
        .find(setting)
        .orElseThrow(() ->
            new ConfigException(
                setting.key()
                    + " is not set: expected "
                    + expected
                    + ", in stampede.yaml or "
                    + setting.variable()));
  }

  private static ConfigException refusal(Setting setting, Given given, String expected) {
    String found = setting.isHidden() ? "something else (not shown)" : "\"" + given.text() + "\"";
    return new ConfigException(given.where() + ": found " + found + ", expected " + expected);
  }
}
