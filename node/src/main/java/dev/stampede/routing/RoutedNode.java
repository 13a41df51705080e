package dev.stampede.routing;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A node that takes requests.
 *
 * @param url where an edge reaches it, {@code http://HOST:PORT}: what tells it from others
 * @param name what people call it, 1 to 40 letters, digits and {@code . _ -}
 * @param role what it is for
 */
public record RoutedNode(String url, String name, Role role) implements Comparable<RoutedNode> {

  /** What {@link #URL} takes, in words. */
  public static final String URL_RULE = "http://HOST:PORT, without anything behind";

  private static final String HOST = "[A-Za-z0-9][A-Za-z0-9._-]{0,252}";
  private static final String IPV6 = "\\[[0-9A-Fa-f:.]{2,45}]";
  private static final String PORT =
      "(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

  /** Its address. Nothing in it can end a line or a word of an edge's configuration. */
  public static final Pattern URL = Pattern.compile("http://(?:" + HOST + "|" + IPV6 + "):" + PORT);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,40}");
  private static final int WORDS = 3;

  /** Refuses an address or a name of another shape with an {@link IllegalArgumentException}. */
  public RoutedNode {
    if (!URL.matcher(url).matches()) {
      throw new IllegalArgumentException("expected " + URL_RULE + ": " + url);
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a node: " + name);
    }
  }

  /** Host and port of the address. */
  public String authority() {
    return url.substring("http://".length());
  }

  /** What {@link #parse} reads. */
  public String text() {
    return url + " " + name + " " + role.word();
  }

  /** Reads what a node has told of itself; empty where this build does not understand it. */
  public static Optional<RoutedNode> parse(String text) {
    String[] words = text.split(" ", -1);
    if (words.length < WORDS
        || !URL.matcher(words[0]).matches()
        || !NAME.matcher(words[1]).matches()) {
      return Optional.empty();
    }
    return Arrays.stream(Role.values())
        .filter(role -> role.word().equals(words[2]))
        .findFirst()
        .map(role -> new RoutedNode(words[0], words[1], role));
  }

  @Override
  public int compareTo(RoutedNode other) {
    return url.compareTo(other.url);
  }
}
