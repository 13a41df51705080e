package dev.stampede.load.buyer;

import dev.stampede.load.http.Answer.Answered;

/** Words for an answer that should not be. */
final class Samples {
  private static final int MAX_BODY = 200;

  private Samples() {}

  static String of(String doing, String what, Answered answer) {
    String body = answer.body().replaceAll("\\s+", " ");
    String shown = body.length() > MAX_BODY ? body.substring(0, MAX_BODY) + "…" : body;
    return "%s %s → %d %s".formatted(doing, what, answer.status(), shown).strip();
  }
}
