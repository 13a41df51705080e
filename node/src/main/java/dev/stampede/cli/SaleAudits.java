package dev.stampede.cli;

import dev.stampede.ops.AuditReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Audits sales a few at a time: the orders of each have to be added up, those of long ended sales
 * too, and no single call should have to wait for all of them.
 */
final class SaleAudits {

  private static final int MAX_SALES = 50;
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /** An audit of so many units takes a second or so; one sale may have more. */
  private static final long MAX_UNITS = 1_000_000;

  /** What the grid has is in the database a second or so later. */
  private static final Duration STORED_WITHIN = Duration.ofSeconds(30);

  private static final long RETRY_MILLIS = 200;

  private final Api api;
  private final Consumer<String> progress;
  private volatile String now = "";

  /** One sale as it is asked about. */
  record Asked(String id, long quantity) {}

  /**
   * By an API.
   *
   * @param progress hears every other second what is audited
   */
  SaleAudits(Api api, Consumer<String> progress) {
    this.api = api;
    this.progress = progress;
  }

  /** All sales that are published. */
  AuditReport all() {
    List<Asked> sales = new ArrayList<>();
    for (JsonNode sale : new SaleClient(api).all()) {
      sales.add(new Asked(sale.path("id").asString(), sale.path("quantity").asLong()));
    }
    if (sales.isEmpty()) {
      return api.getPatiently(VerifyCommand.AUDIT, AuditReport.class);
    }
    try (WaitNotes _ =
        new WaitNotes(INTERVAL, progress, time -> "auditing " + now + ", " + time + " s")) {
      return AuditReport.of(inParts(sales));
    }
  }

  private List<AuditReport> inParts(List<Asked> sales) {
    List<AuditReport> reports = new ArrayList<>();
    int done = 0;
    for (List<String> part : parts(sales)) {
      now = part.getFirst() + ": " + done + " of " + sales.size() + " sales done";
      reports.add(of(part));
      done += part.size();
    }
    return reports;
  }

  /** These sales, few of them, in one call. */
  AuditReport of(List<String> sales) {
    return api.getPatiently(
        VerifyCommand.AUDIT + "?sale=" + String.join(",", sales), AuditReport.class);
  }

  /**
   * The first audit in which the database has come as far as the grid was in an earlier one; after
   * half a minute any. Changes that come meanwhile are not waited for.
   */
  static AuditReport awaitStored(Supplier<AuditReport> audits, AuditReport asked)
      throws InterruptedException {
    long end = System.nanoTime() + STORED_WITHIN.toNanos();
    AuditReport last = asked;
    while (!last.reaches(asked) && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
      last = audits.get();
    }
    return last;
  }

  static List<List<String>> parts(List<Asked> sales) {
    List<List<String>> parts = new ArrayList<>();
    List<String> part = new ArrayList<>();
    long units = 0;
    for (Asked sale : sales) {
      if (!part.isEmpty() && (part.size() == MAX_SALES || units + sale.quantity() > MAX_UNITS)) {
        parts.add(part);
        part = new ArrayList<>();
        units = 0;
      }
      part.add(sale.id());
      units += sale.quantity();
    }
    parts.add(part);
    return parts;
  }
}
