package dev.stampede.security;

import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderKey;
import dev.stampede.order.OrderKeys;
import dev.stampede.sale.SaleId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Order keys by HMAC-SHA256 over sale, buyer and Idempotency-Key, each preceded by its length in
 * bytes as a 32-bit number, so that no two different triples give the same input.
 *
 * <p>Each thread that asks keeps a {@code Mac} of its own: setting one up costs more than using it.
 */
public final class HmacOrderKeys implements OrderKeys {

  private static final String ALGORITHM = "HmacSHA256";
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final ThreadLocal<Mac> macs;

  /**
   * Keys under a secret.
   *
   * @param secret base64 of 32 bytes or more
   * @throws IllegalArgumentException where it is not that
   */
  public HmacOrderKeys(String secret) {
    SecretKeySpec key = new SecretKeySpec(Secrets.decode("orderId", secret), ALGORITHM);
    macs = ThreadLocal.withInitial(() -> mac(key));
  }

  @Override
  public OrderKey keyFor(SaleId sale, BuyerId buyer, String idempotencyKey) {
    byte[] hash = macs.get().doFinal(input(sale.value(), buyer.value(), idempotencyKey));
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

  private static Mac mac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
