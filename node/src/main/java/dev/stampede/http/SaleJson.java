package dev.stampede.http;

import dev.stampede.sale.Sale;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SalePhase;
import dev.stampede.sale.SaleTerms;
import dev.stampede.sale.Tier;
import dev.stampede.stock.ShardCounts;
import dev.stampede.stock.StockView;

/** Sales and their stock in JSON. */
final class SaleJson {

  private SaleJson() {}

  /** What never changes of a sale, and its promotion. */
  static byte[] bytes(Sale sale) {
    SaleTerms terms = sale.terms();
    JsonBytes json = new JsonBytes(512);
    json.raw("{\"id\":").string(sale.id().value());
    json.raw(",\"title\":").string(sale.title());
    json.raw(",\"description\":").string(sale.description());
    json.raw(",\"price\":{\"minor\":").number(sale.priceMinor());
    json.raw(",\"currency\":").string(sale.currency());
    json.raw("},\"quantity\":").number(sale.quantity());
    json.raw(",\"opensAt\":").time(terms.opensAt());
    json.raw(",\"closesAt\":").time(terms.closesAt());
    json.raw(",\"limitPerBuyer\":").number(terms.limitPerBuyer());
    json.raw(",\"reduction\":").string(terms.reduction().name());
    json.raw(",\"holdSeconds\":").number(terms.holdTime().toSeconds());
    json.raw(",\"shards\":").number(terms.shards());
    json.raw(",\"latePayments\":").string(terms.latePayments().word());
    sale.promotion().ifPresent(time -> json.raw(",\"promoteSeconds\":").number(time.toSeconds()));
    if (sale.tier() != Tier.STANDARD) {
      json.raw(",\"tier\":").string(sale.tier().name());
    }
    return json.raw("}").toBytes();
  }

  /** The public picture of a sale's stock. */
  static byte[] bytes(SaleId sale, StockView view) {
    JsonBytes json = new JsonBytes(160);
    json.raw("{\"sale\":").string(sale.value());
    json.raw(",\"phase\":").string(view.phase().name());
    json.raw(",\"available\":").number(view.available());
    json.raw(",\"seq\":").number(view.seq());
    return json.raw(",\"at\":").time(view.at()).raw("}").toBytes();
  }

  /** The phase that a sale will enter once the owner of its stock answers. */
  static byte[] bytes(SaleId sale, String coming) {
    JsonBytes json = new JsonBytes(80);
    json.raw("{\"sale\":").string(sale.value());
    return json.raw(",\"phase\":").string(coming).raw("}").toBytes();
  }

  /** Where all units of a sale are. */
  static byte[] bytes(SaleId sale, SalePhase phase, ShardCounts counts) {
    JsonBytes json = new JsonBytes(160);
    json.raw("{\"sale\":").string(sale.value());
    json.raw(",\"phase\":").string(phase.name());
    json.raw(",\"issued\":").number(counts.issued());
    json.raw(",\"available\":").number(counts.available());
    json.raw(",\"held\":").number(counts.held());
    json.raw(",\"sold\":").number(counts.sold());
    return json.raw(",\"withdrawn\":").number(counts.withdrawn()).raw("}").toBytes();
  }
}
