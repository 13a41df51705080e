package dev.stampede.http;

import dev.stampede.order.OrderKeys;
import dev.stampede.stock.Stock;
import java.util.concurrent.Executor;

/**
 * What exchanges work with.
 *
 * @param blocking runs what may block
 */
record FrontParts(
    SaleLookup sales,
    Stock stock,
    OrderKeys orderKeys,
    Callers callers,
    SaleShares shares,
    Heat heat,
    Running running,
    Failures failures,
    Executor blocking) {}
