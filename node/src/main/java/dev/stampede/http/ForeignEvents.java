package dev.stampede.http;

import dev.stampede.ops.MetricNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signed events of the payment provider that are not for this system: each is acknowledged, or the
 * provider would repeat it and in the end send nothing any more. They are counted by reason; a
 * payment for an order of somebody else is logged as well, once a second at most. Any thread.
 */
final class ForeignEvents {

  private static final Logger LOG = LoggerFactory.getLogger(ForeignEvents.class);

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Of a text from outside, so much is logged. */
  private static final int MAX_SHOWN = 120;

  private final Counter types;
  private final Counter orders;
  private final AtomicLong nextLog = new AtomicLong(System.nanoTime());
  private final AtomicLong leftOut = new AtomicLong();

  ForeignEvents(MeterRegistry registry) {
    this.types = counter(registry, "other-type");
    this.orders = counter(registry, "other-order");
  }

  private static Counter counter(MeterRegistry registry, String reason) {
    return Counter.builder(MetricNames.IGNORED_PAYMENT_EVENTS)
        .description("Signed events of the payment provider that were acknowledged unread")
        .tag("reason", reason)
        .register(registry);
  }

  /** An event that says something else than that a payment has succeeded. */
  Reply otherType() {
    types.increment();
    return Answer.empty(204);
  }

  /**
   * A payment for an order that cannot be ours.
   *
   * @param order what stands there, in JSON
   */
  Reply otherOrder(String order) {
    orders.increment();
    long due = nextLog.get();
    long now = System.nanoTime();
    if (now - due < 0 || !nextLog.compareAndSet(due, now + PAUSE_NANOS)) {
      leftOut.incrementAndGet();
      return Answer.empty(204);
    }
    LOG.warn(
        "acknowledged a payment for an order that no sale here can have, and ignored it: {}"
            + " ({} more since the line before); if it is ours, look at what the payment provider"
            + " is told to send as data.order",
        order.length() <= MAX_SHOWN ? order : order.substring(0, MAX_SHOWN) + "…",
        leftOut.getAndSet(0));
    return Answer.empty(204);
  }
}
