package dev.stampede.http;

import dev.stampede.order.OrderId;
import dev.stampede.stock.Receipt;
import dev.stampede.stock.ShardChange;
import java.util.Base64;

/** Receipts in JSON. */
final class ReceiptJson {

  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  private ReceiptJson() {}

  /**
   * One receipt.
   *
   * @param whole with the body of the change, in which other buyers' orders stand too
   */
  static byte[] bytes(OrderId order, Receipt receipt, boolean whole) {
    ShardChange change = receipt.change();
    JsonBytes json = new JsonBytes(512 + (whole ? 2 * change.body().length : 0));
    json.raw("{\"order\":").string(order.toString());
    json.raw(",\"seq\":").number(change.seq());
    json.raw(",\"base\":").string(change.base().toString());
    json.raw(",\"chain\":").string(change.chain().toString());
    json.raw(",\"index\":").number(receipt.index());
    json.raw(",\"entry\":").string(BASE64.encodeToString(receipt.entry()));
    json.raw(",\"body\":");
    if (!whole) {
      return json.raw("null}").toBytes();
    }
    return json.string(BASE64.encodeToString(change.body())).raw("}").toBytes();
  }
}
