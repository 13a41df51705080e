package dev.stampede.cli;

import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code stampede db} says, in one line, when the database answers. The password is not in it:
 * output ends up in logs.
 *
 * @param url {@code jdbc:mariadb://127.0.0.1:port/stampede}
 * @param user who logs in
 * @param port where it listens, on the loopback interface
 * @param pid the MariaDB server's process
 */
record DatabaseReady(String url, String user, int port, long pid) {
  private static final String PREFIX = "ready: ";
  private static final JsonMapper MAPPER = new JsonMapper();

  /** {@code ready: {…}}, which is YAML. */
  String toLine() {
    return PREFIX + MAPPER.writeValueAsString(this);
  }

  /** Empty for any other line that the process writes. */
  static Optional<DatabaseReady> ofLine(String line) {
    return line.startsWith(PREFIX)
        ? Optional.of(MAPPER.readValue(line.substring(PREFIX.length()), DatabaseReady.class))
        : Optional.empty();
  }
}
