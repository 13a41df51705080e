package dev.stampede.load.report;

/** Colours, where they are wanted. */
public enum Style {
  PLAIN,
  COLOURED;

  private static final String GREEN = "32";
  private static final String RED = "31";
  private static final String BOLD = "1";

  String good(String text) {
    return wrap(GREEN, text);
  }

  String bad(String text) {
    return wrap(RED, text);
  }

  String title(String text) {
    return wrap(BOLD, text);
  }

  private String wrap(String code, String text) {
    return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
