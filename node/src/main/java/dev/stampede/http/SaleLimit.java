package dev.stampede.http;

/**
 * What a node does for one sale while others sell too.
 *
 * @param atOnce how many of its purchases it works on at a time, 1 or more
 * @param perSecond how many it takes a second, 1 to 1,000,000,000
 */
public record SaleLimit(int atOnce, int perSecond) {}
