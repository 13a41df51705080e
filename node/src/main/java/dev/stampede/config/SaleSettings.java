package dev.stampede.config;

/**
 * What holds for all sales.
 *
 * @param maxOpenOrders how many unpaid orders of one sale a buyer may have at a time, 1 to 1,000
 */
public record SaleSettings(int maxOpenOrders) {}
