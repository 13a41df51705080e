package dev.stampede.http;

import dev.stampede.order.OrderKeys;
import dev.stampede.routing.RouteTable;
import dev.stampede.sale.Sales;
import dev.stampede.security.PaymentSignatures;
import dev.stampede.security.Tokens;
import dev.stampede.stock.Stock;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What the HTTP layer works with.
 *
 * @param sales the published sales
 * @param stock their stock; {@code execute} must not block the thread that calls it
 * @param orderKeys makes order ids
 * @param tokens says who asks
 * @param payments says whether a notification is the provider's
 * @param paymentDurableWithin how long one may wait until its payment is stored
 * @param orders the stored orders
 * @param changes the stored changes
 * @param deadLetters what could not be stored
 * @param audit compares grid and database
 * @param room whether the nodes have memory for a sale
 * @param heat counts accesses, and knows what is hot
 * @param shares how much of this node each sale may have
 * @param hotHistory what was hot
 * @param routes where an edge should send whom; answers at once
 * @param health whether this node is fit
 * @param metrics where requests are counted, and what {@code /metrics} shows
 * @param outage whether an exception of a port means that grid or database cannot be reached for
 *     now, which is answered with 503; any other is a bug of ours, logged and answered with 500
 */
public record HttpParts(
    Sales sales,
    Stock stock,
    OrderKeys orderKeys,
    Tokens tokens,
    PaymentSignatures payments,
    Duration paymentDurableWithin,
    OrderPages orders,
    StoredChanges changes,
    DeadLetters deadLetters,
    AuditSource audit,
    SaleRoom room,
    Heat heat,
    SaleShares shares,
    HotHistory hotHistory,
    Supplier<RouteTable> routes,
    Health health,
    PrometheusMeterRegistry metrics,
    Predicate<Throwable> outage) {}
