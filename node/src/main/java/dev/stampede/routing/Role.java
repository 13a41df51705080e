package dev.stampede.routing;

import java.util.Locale;

/** For which sales an edge should use a node. */
public enum Role {

  /** For those that are not kept apart. */
  STANDARD,

  /** For those that are. */
  DEDICATED;

  /** As it is written in settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
