package dev.stampede.persistence;

import dev.stampede.order.BuyerId;
import dev.stampede.order.OrderId;
import dev.stampede.order.OrderState;

/**
 * An order as the database has it.
 *
 * @param id its public name, which is also the cursor of a page that ends with it
 * @param buyer whose it is
 * @param quantity its units
 * @param state where it stands
 */
public record StoredOrder(OrderId id, BuyerId buyer, int quantity, OrderState state) {}
