package dev.stampede.security;

import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.order.OrderKeys;
import dev.stampede.sale.SaleId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Order keys by HMAC-SHA256 over sale, buyer and Idempotency-Key, each preceded by its length in
 * bytes as a 32-bit number, so that no two different triples give the same input.
 */
public final class HmacOrderKeys implements OrderKeys {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final HmacSha256 mac;

  /**
   * Keys under a secret.
   *
   * @param secret base64 of 32 bytes or more
   * @throws IllegalArgumentException where it is not that
   */
  public HmacOrderKeys(String secret) {
    mac = new HmacSha256(Secrets.decode("orderId", secret));
  }

  @Override
  public OrderKey keyFor(SaleId sale, BuyerId buyer, String idempotencyKey) {
    byte[] hash = mac.of(input(sale.value(), buyer.value(), idempotencyKey));
    return new OrderKey((long) LONG.get(hash, 0), (long) LONG.get(hash, Long.BYTES));
  }

  private static byte[] input(String... parts) {
    byte[][] texts = new byte[parts.length][];
    int length = 0;
    for (int i = 0; i < parts.length; i++) {
      texts[i] = parts[i].getBytes(StandardCharsets.UTF_8);
      length += Integer.BYTES + texts[i].length;
    }
    byte[] input = new byte[length];
    int at = 0;
    for (byte[] text : texts) {
      INT.set(input, at, text.length);
      System.arraycopy(text, 0, input, at + Integer.BYTES, text.length);
      at += Integer.BYTES + text.length;
    }
    return input;
  }
}
