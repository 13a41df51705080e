package dev.stampede.cli;

/** What {@code up} tells {@code roll} of a rolling restart, a line each. */
sealed interface RollNews {

  /** A node is about to be restarted. */
  record Begun(String node) implements RollNews {}

  /** A line for people. */
  record Done(String text) implements RollNews {}

  /**
   * Nothing more comes.
   *
   * @param status what {@code roll} ends with
   * @param words the result, or what was wrong
   */
  record Ended(int status, String words) implements RollNews {}

  /** Its line, without an end. */
  default String line() {
    return switch (this) {
      case Begun(String node) -> "begun " + node;
      case Done(String text) -> "done " + text;
      case Ended(int status, String words) -> "ended " + status + " " + words.replace('\n', ' ');
    };
  }

  /**
   * Reads a line.
   *
   * @throws CommandException where it is none of these
   */
  static RollNews of(String line) {
    String rest = line.substring(line.indexOf(' ') + 1);
    return switch (line.substring(0, line.length() - rest.length()).strip()) {
      case "begun" -> new Begun(rest);
      case "done" -> new Done(rest);
      case "ended" -> {
        int status = rest.indexOf(' ');
        yield new Ended(Integer.parseInt(rest.substring(0, status)), rest.substring(status + 1));
      }
      default ->
          throw CommandException.environment(
              "`up` says \"" + line + "\": it is of another build than this command");
    };
  }
}
