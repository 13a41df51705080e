package dev.stampede.stock;

import dev.stampede.sale.SalePhase;

/**
 * The small, public picture of a shard: all that reads and caches ever see. It may be a moment old
 * and so never grants anything.
 *
 * @param available units that can be bought
 * @param phase whether they can be bought now
 * @param seq the shard's newest change
 * @param at when the picture was taken, milliseconds since 1970 by the owner's clock
 */
public record StockView(long available, SalePhase phase, long seq, long at) {}
