package dev.stampede.http;

/**
 * One operation of the API.
 *
 * @param method {@code GET} or {@code POST}
 * @param path its template, with names in braces
 * @param access who may call it
 * @param endpoint what answers
 */
record Route(String method, String path, Access access, Endpoint endpoint) {

  /** Who may call a route. */
  enum Access {
    ANYBODY,
    BUYER,
    ADMIN,
    /** The front answers; Javalin never sees it. */
    FRONT
  }

  /** Answers a call. May block; may throw {@link Refused}, or anything that is our fault. */
  @FunctionalInterface
  interface Endpoint {
    Reply answer(Call call);
  }

  /** Whether a path is one of this route. */
  boolean matches(String other) {
    String[] names = path.split("/", -1);
    String[] parts = other.split("/", -1);
    if (names.length != parts.length) {
      return false;
    }
    for (int i = 0; i < names.length; i++) {
      boolean open = names[i].startsWith("{") && !parts[i].isEmpty();
      if (!open && !names[i].equals(parts[i])) {
        return false;
      }
    }
    return true;
  }
}
