package dev.stampede.load.verdict;

import dev.stampede.load.verdict.Violation.Kind;
import java.util.List;
import java.util.Locale;

/**
 * The judgement of a run.
 *
 * @param sales what the audit says of each sale of the run
 * @param notes what a reader should know, and no fault
 * @param oversold units given away beyond those issued, of all sales
 */
public record Verdict(
    Result result,
    List<Violation> violations,
    List<String> notes,
    List<SaleAudit> sales,
    long oversold) {

  /** Whether the run proved something, and what. */
  public enum Result {
    PASS,
    FAIL,
    /** The run does not measure what it was asked to; its figures are not to be trusted. */
    INVALID;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A run that could not be judged. */
  public static Verdict invalid(String why) {
    return new Verdict(Result.INVALID, List.of(), List.of(why), List.of(), 0);
  }

  public long count(Kind kind) {
    return violations.stream().filter(v -> v.kind() == kind).mapToLong(Violation::count).sum();
  }
}
