package dev.stampede.order;

import dev.stampede.sale.SaleId;

/**
 * Computes order keys. The same sale, buyer and Idempotency-Key give the same key on every node,
 * and nobody without the secret can guess one. Any thread may ask.
 */
@FunctionalInterface
public interface OrderKeys {

  /** The first 128 bits of HMAC-SHA256 over sale, buyer and key, each preceded by its length. */
  OrderKey keyFor(SaleId sale, BuyerId buyer, String idempotencyKey);
}
