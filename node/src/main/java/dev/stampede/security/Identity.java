package dev.stampede.security;

import dev.stampede.order.BuyerId;

/**
 * Who a valid token speaks for.
 *
 * @param buyer the token's subject
 * @param admin whether it carries the role {@code admin}
 */
public record Identity(BuyerId buyer, boolean admin) {}
