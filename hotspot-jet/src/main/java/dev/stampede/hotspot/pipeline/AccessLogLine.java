package dev.stampede.hotspot.pipeline;

import java.time.YearMonth;
import java.util.Optional;

/**
 * A line of an access log in nginx's {@code combined} format (Apache's is the same): {@code ADDRESS
 * - USER [TIME] "REQUEST" STATUS BYTES "REFERER" "AGENT"}; further fields may follow.
 *
 * <p>Everything between quotes was chosen by a client. nginx writes quotes and backslashes in it as
 * {@code \x22} and {@code \x5C}, Apache as {@code \"} and {@code \\}; both are understood, neither
 * is undone.
 *
 * @param second when it was logged, in seconds since 1970
 * @param method the request's method; empty where the request was none of HTTP
 * @param target what was asked for, as sent: path and query; empty where there was none
 */
public record AccessLogLine(long second, String method, String target) {

  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final int TIME_LENGTH = "10/Oct/2000:13:55:36 +0000".length();

  /** What a cursor is where the line is of another form. */
  private static final int NOWHERE = -1;

  private static final int HOUR = 3600;
  private static final int DAY = 24 * HOUR;

  /** The line's parts, or nothing where it is not in this format. Takes any text. */
  public static Optional<AccessLogLine> parse(String line) {
    // A user's name may hold blanks and brackets, but no quote: the first one opens the request.
    int quote = line.indexOf('"');
    int bracket = quote - "[] ".length() - TIME_LENGTH;
    if (bracket < 0
        || line.charAt(bracket) != '['
        || !line.startsWith("] ", quote - 2)
        || !saysWho(line, bracket)) {
      return Optional.empty();
    }
    int end = quoted(line, quote);
    long second = second(line, bracket + 1);
    return second < 0 || !isAnswered(line, end)
        ? Optional.empty()
        : Optional.of(request(second, line.substring(quote + 1, end - 1)));
  }

  private static AccessLogLine request(long second, String request) {
    int first = request.indexOf(' ');
    int last = request.lastIndexOf(' ');
    return first > 0 && first < last && request.startsWith("HTTP/", last + 1)
        ? new AccessLogLine(second, request.substring(0, first), request.substring(first + 1, last))
        : new AccessLogLine(second, "", "");
  }

  /** Address, identity and user, before the time. */
  private static boolean saysWho(String line, int end) {
    int first = line.indexOf(' ');
    int second = line.indexOf(' ', first + 1);
    return first > 0 && second > first + 1 && second + 1 < end - 1 && line.charAt(end - 1) == ' ';
  }

  /** Status, size, referer and agent, after the request. */
  private static boolean isAnswered(String line, int from) {
    int at = blank(line, from);
    at = number(line, at, 3, 3);
    at = blank(line, at);
    at = at >= 0 && line.startsWith("-", at) ? at + 1 : number(line, at, 1, 19);
    at = quoted(line, blank(line, at));
    at = quoted(line, blank(line, at));
    return at == line.length() || blank(line, at) > 0;
  }

  /** Behind one blank. */
  private static int blank(String line, int at) {
    return at >= 0 && line.startsWith(" ", at) ? at + 1 : NOWHERE;
  }

  /** Behind so many digits. */
  private static int number(String line, int at, int least, int most) {
    if (at < 0) {
      return NOWHERE;
    }
    int end = at;
    while (end < line.length() && isDigit(line.charAt(end))) {
      end++;
    }
    return end - at >= least && end - at <= most ? end : NOWHERE;
  }

  /** Behind a text in quotes; whatever follows a backslash belongs to it. */
  private static int quoted(String line, int at) {
    if (at < 0 || !line.startsWith("\"", at)) {
      return NOWHERE;
    }
    for (int i = at + 1; i < line.length(); i++) {
      switch (line.charAt(i)) {
        case '\\' -> i++;
        case '"' -> {
          return i + 1;
        }
        default -> {}
      }
    }
    return NOWHERE;
  }

  /** Seconds since 1970, or -1 where there is no time, or one before. */
  private static long second(String line, int at) {
    int day = digits(line, at, 2);
    int month = month(line, at + 3);
    int year = digits(line, at + 7, 4);
    int time = time(line, at + 12);
    int zone = zone(line, at + 21);
    boolean parted =
        line.charAt(at + 2) == '/'
            && line.charAt(at + 6) == '/'
            && line.charAt(at + 11) == ':'
            && line.charAt(at + 20) == ' ';
    if (!parted || month < 1 || year < 0 || time < 0 || zone == Integer.MIN_VALUE) {
      return -1;
    }
    YearMonth in = YearMonth.of(year, month);
    return in.isValidDay(day) ? in.atDay(day).toEpochDay() * DAY + time - zone : -1;
  }

  /** 1 to 12, or 0 where there is none. */
  private static int month(String line, int at) {
    int found = MONTHS.indexOf(line.substring(at, at + 3));
    return found % 3 == 0 ? found / 3 + 1 : 0;
  }

  /** Seconds since midnight, or -1. */
  private static int time(String line, int at) {
    int hours = digits(line, at, 2);
    int minutes = digits(line, at + 3, 2);
    int seconds = digits(line, at + 6, 2);
    boolean parted = line.charAt(at + 2) == ':' && line.charAt(at + 5) == ':';
    boolean real =
        hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60 && seconds >= 0 && seconds <= 60;
    return parted && real ? hours * HOUR + minutes * 60 + seconds : -1;
  }

  /** Seconds ahead of UTC, or the smallest number where there is none. */
  private static int zone(String line, int at) {
    int hours = digits(line, at + 1, 2);
    int minutes = digits(line, at + 3, 2);
    char sign = line.charAt(at);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59 || (sign != '+' && sign != '-')) {
      return Integer.MIN_VALUE;
    }
    int ahead = hours * HOUR + minutes * 60;
    return sign == '+' ? ahead : -ahead;
  }

  /** That many digits as a number, or -1. */
  private static int digits(String line, int at, int count) {
    int value = 0;
    for (int i = at; i < at + count; i++) {
      if (!isDigit(line.charAt(i))) {
        return -1;
      }
      value = value * 10 + line.charAt(i) - '0';
    }
    return value;
  }

  private static boolean isDigit(char it) {
    return it >= '0' && it <= '9';
  }
}
