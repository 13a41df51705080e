package dev.stampede.load.verdict;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.stampede.load.record.OrderState;
import dev.stampede.load.record.Purchase;
import dev.stampede.load.record.Purchase.Acknowledged;
import dev.stampede.load.record.Purchase.Unanswered;
import dev.stampede.load.verdict.Violation.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Order by order, for one sale: what buyers were told against what the database has. */
final class OrderCheck {
  private static final long CLOCK_SKEW_MILLIS = Duration.ofSeconds(1).toMillis();
  private static final long RELEASE_GRACE_MILLIS = Duration.ofSeconds(10).toMillis();

  private final Findings findings;
  private final long fromMillis;
  private final long toMillis;
  private final Map<String, Acknowledged> told;
  private final Map<String, Deque<Unanswered>> unanswered = new HashMap<>();
  private long explained;

  /**
   * @param purchases those of the sale
   * @param fromMillis a time of the servers before which no order was looked at, in epoch
   *     milliseconds
   * @param toMillis a time of the servers after which none was
   */
  OrderCheck(Findings findings, List<Purchase> purchases, long fromMillis, long toMillis) {
    this.findings = findings;
    this.fromMillis = fromMillis;
    this.toMillis = toMillis;
    this.told =
        purchases.stream()
            .filter(Acknowledged.class::isInstance)
            .map(Acknowledged.class::cast)
            .collect(toMap(Acknowledged::order, identity(), (first, _) -> first, HashMap::new));
    for (Purchase purchase : purchases) {
      if (purchase instanceof Unanswered open) {
        unanswered.computeIfAbsent(open.buyer(), _ -> new ArrayDeque<>()).add(open);
      }
    }
  }

  /**
   * Compares with the whole list of the database.
   *
   * @param unknownMatters whether an order that nobody was told about is one of the run's
   */
  void againstList(List<ServerOrder> orders, Predicate<ServerOrder> unknownMatters) {
    for (ServerOrder order : orders) {
      Acknowledged known = told.remove(order.id());
      if (known != null) {
        compare(known, order);
      } else if (unknownMatters.test(order)) {
        untold(order);
      }
    }
    told.values()
        .forEach(lost -> findings.violation(Kind.LOST_ORDER, lost.order() + " of " + lost.buyer()));
    if (explained > 0) {
      findings.note(explained + " orders belong to purchases whose answer never came");
    }
  }

  /** Compares with what single orders were seen as. Call before {@link #againstList}. */
  void againstSamples(Map<String, String> sampled) {
    sampled.forEach((id, state) -> {
      Acknowledged known = told.get(id);
      if (known != null) {
        compareSample(known, state);
      }
    });
  }

  private void compareSample(Acknowledged known, String state) {
    if (state.equals(ServerPicture.NOT_FOUND)) {
      findings.violation(Kind.LOST_ORDER, known.order() + " is not found by GET");
    } else {
      compareState(known, OrderState.of(state));
    }
  }

  private void compare(Acknowledged known, ServerOrder order) {
    if (!known.buyer().equals(order.buyer()) || known.quantity() != order.quantity()) {
      findings.violation(
          Kind.WRONG_ORDER,
          "%s: told %d for %s, is %d for %s"
              .formatted(
                  order.id(), known.quantity(), known.buyer(), order.quantity(), order.buyer()));
    }
    compareState(known, OrderState.of(order.state()));
  }

  private void compareState(Acknowledged known, OrderState state) {
    if (state == OrderState.EXPIRED && !isDue(known) && mayBeUnpaid(known)) {
      findings.violation(Kind.EXPIRED_EARLY, known.order());
    } else if (!allows(known, state)) {
      findings.violation(
          Kind.WRONG_STATE, "%s: told %s, is %s".formatted(known.order(), words(known), state));
    } else if (state == OrderState.HELD && isOverdue(known)) {
      findings.violation(Kind.HOLD_NOT_RELEASED, known.order());
    }
  }

  private static String words(Acknowledged known) {
    return known.told() + " (first " + known.first() + ")";
  }

  private boolean isDue(Acknowledged known) {
    return known.heldUntilMillis() <= toMillis + CLOCK_SKEW_MILLIS;
  }

  private boolean isOverdue(Acknowledged known) {
    return known.heldUntilMillis() < fromMillis - RELEASE_GRACE_MILLIS;
  }

  private static boolean mayBeUnpaid(Acknowledged known) {
    return switch (known.told()) {
      case TAKEN, PAYMENT_UNKNOWN, CANCEL_UNKNOWN -> true;
      case PAID, CANCELLED, REFUNDED, CANCEL_REFUSED -> false;
    };
  }

  private static boolean allows(Acknowledged known, OrderState state) {
    boolean unpaid = state == known.first() || state == OrderState.EXPIRED;
    return switch (known.told()) {
      case PAID -> state == OrderState.PAID;
      case CANCELLED -> state == OrderState.CANCELLED;
      case REFUNDED -> state != OrderState.PAID && state != OrderState.UNRECOGNISED;
      case CANCEL_REFUSED -> state == OrderState.EXPIRED;
      case TAKEN -> unpaid;
      case PAYMENT_UNKNOWN -> unpaid || state == OrderState.PAID;
      case CANCEL_UNKNOWN -> unpaid || state == OrderState.CANCELLED;
    };
  }

  private void untold(ServerOrder order) {
    // All purchases of a run have one quantity, so the first unanswered one is as good as any.
    Deque<Unanswered> open = unanswered.getOrDefault(order.buyer(), new ArrayDeque<>());
    Unanswered asked = open.poll();
    boolean fits = asked != null && asked.quantity() == order.quantity();
    OrderState state = OrderState.of(order.state());
    if (!fits) {
      findings.violation(
          Kind.UNTOLD_ORDER,
          "%s: %d for %s, %s".formatted(order.id(), order.quantity(), order.buyer(), state));
    } else if (state == OrderState.PAID || state == OrderState.CANCELLED) {
      findings.violation(
          Kind.WRONG_STATE, "%s: is %s, and nobody asked for it".formatted(order.id(), state));
    } else {
      explained++;
    }
  }
}
