package dev.stampede.cli;

import dev.stampede.sale.Sale;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What the API offers for sales. */
final class SaleClient {

  private static final int MILLIS = 3;

  /** Instants as the API writes them: in UTC, with milliseconds. */
  static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(MILLIS).toFormatter(Locale.ROOT);

  private static final int CREATED = 201;
  private static final String SALES = "/api/sales";
  private static final String ADMIN_SALES = "/api/admin/sales";

  private final Api api;

  SaleClient(Api api) {
    this.api = api;
  }

  /** Publishes a sale, and says whether it is new; false where the very same was there. */
  boolean publish(Sale sale) {
    return api.post(ADMIN_SALES, body(sale), Map.of()).status() == CREATED;
  }

  private static Map<String, Object> body(Sale sale) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", sale.id().value());
    body.put("title", sale.title());
    body.put("description", sale.description());
    body.put("price", Map.of("minor", sale.priceMinor(), "currency", sale.currency()));
    body.put("quantity", sale.quantity());
    body.put("opensAt", TIME.format(sale.terms().opensAt()));
    body.put("closesAt", TIME.format(sale.terms().closesAt()));
    body.put("limitPerBuyer", sale.terms().limitPerBuyer());
    body.put("reduction", sale.terms().reduction().name());
    body.put("holdSeconds", sale.terms().holdTime().toSeconds());
    body.put("shards", sale.terms().shards());
    body.put("latePayments", sale.terms().latePayments().word());
    sale.promotion().ifPresent(time -> body.put("promoteSeconds", time.toSeconds()));
    body.put("tier", sale.tier().name());
    return body;
  }

  /** All sales. */
  List<JsonNode> all() {
    return api.all(SALES, "sales");
  }

  /** What is on offer. */
  JsonNode sale(String id) {
    return api.get(SALES + "/" + id);
  }

  /** How many units are available, and whether they can be bought. */
  JsonNode stock(String id) {
    return api.get(SALES + "/" + id + "/stock");
  }

  /** Where all units are. */
  JsonNode report(String id) {
    return api.get(ADMIN_SALES + "/" + id);
  }

  /** Restocks or withdraws; all nodes are asked with one key, so it is done once. */
  JsonNode adjust(String id, String action, long units) {
    Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    return api.postToAll(path(id, action), Map.of("quantity", units), key).body();
  }

  /** Freezes, unfreezes, closes, reopens or demotes. */
  JsonNode change(String id, String action) {
    return api.postToAll(path(id, action), Map.of(), Map.of()).body();
  }

  /** Ends an order that nobody has paid. */
  JsonNode endOrder(String order, String reason) {
    return api.post("/api/admin/orders/" + order + "/end", Map.of("reason", reason), Map.of())
        .body();
  }

  /** Takes a sale to be hot from so long before it opens. */
  JsonNode promote(String id, Duration before) {
    return api.post(path(id, "promote"), Map.of("promoteSeconds", before.toSeconds()), Map.of())
        .body();
  }

  private static String path(String id, String action) {
    return ADMIN_SALES + "/" + id + "/" + action;
  }
}
