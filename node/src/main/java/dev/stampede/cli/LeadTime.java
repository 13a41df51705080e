package dev.stampede.cli;

import dev.stampede.config.Durations;
import dev.stampede.sale.Sale;
import java.time.Duration;

/** How long before it opens a sale becomes hot: an option that commands share. */
final class LeadTime {

  static final String OPTION = "--before";
  static final String LABEL = "TIME";
  static final String DESCRIPTION =
      "How long before it opens, in whole seconds, 0s to 168h, such as 10m.";

  private LeadTime() {}

  /** The time that a text means; refuses any other text. */
  static Duration parse(String text) {
    return Durations.parse(text)
        .filter(time -> time.toMillisPart() == 0 && time.compareTo(Sale.MAX_PROMOTION) <= 0)
        .orElseThrow(() ->
            CommandException.usage(
                OPTION
                    + ": found \""
                    + text
                    + "\", expected whole seconds from 0s to 168h, such as 10m"));
  }

  /** For people. */
  static String say(Duration time) {
    return "hot from " + Durations.format(time) + " before it opens";
  }
}
