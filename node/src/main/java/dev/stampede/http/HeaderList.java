package dev.stampede.http;

import java.util.ArrayList;
import java.util.List;

/** Reads header fields that are lists (RFC 9110, section 5.6.1). */
final class HeaderList {

  private HeaderList() {}

  /**
   * The elements of a list, without the blanks around them; empty ones are left out. A comma or
   * semicolon within quotes separates nothing.
   *
   * @param separator a comma between elements, or a semicolon between the parameters of one
   */
  static List<String> split(String list, char separator) {
    List<String> elements = new ArrayList<>();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == separator && !quoted) {
        add(elements, list.substring(start, i));
        start = i + 1;
      }
    }
    add(elements, list.substring(start));
    return elements;
  }

  private static void add(List<String> elements, String element) {
    String bare = element.strip();
    if (!bare.isEmpty()) {
      elements.add(bare);
    }
  }
}
