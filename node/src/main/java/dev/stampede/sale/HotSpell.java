package dev.stampede.sale;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time in which a sale was hot.
 *
 * @param sale which
 * @param since when it became hot, to the millisecond
 * @param until when it was hot no more
 * @param peakRate accesses per second in its busiest second; 0 where it was only promoted
 * @param peakPurchaseRate likewise, those that tried to buy; not always in the same second
 * @param sources by whom it was found, in the order of the alphabet: {@code kafka}, {@code nodes},
 *     {@code static}
 */
public record HotSpell(
    SaleId sale,
    Instant since,
    Instant until,
    double peakRate,
    double peakPurchaseRate,
    List<String> sources) {

  /** Where it stands in the list of all. */
  public Place place() {
    return new Place(since, sale);
  }

  /**
   * A place in the list of all spells.
   *
   * @param since when the spell there began
   * @param sale of which sale it is
   */
  public record Place(Instant since, SaleId sale) {

    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,15})\\.([a-z0-9-]+)");

    /** Reads what {@link #toString} writes; empty where it is something else. */
    public static Optional<Place> parse(String text) {
      Matcher matcher = SHAPE.matcher(text);
      if (!matcher.matches() || !SaleId.isValid(matcher.group(2))) {
        return Optional.empty();
      }
      Instant since = Instant.ofEpochMilli(Long.parseLong(matcher.group(1)));
      return Optional.of(new Place(since, new SaleId(matcher.group(2))));
    }

    @Override
    public String toString() {
      return since.toEpochMilli() + "." + sale;
    }
  }
}
