package dev.stampede.stock;

import dev.stampede.order.BuyerId;
import dev.stampede.order.Order;
import dev.stampede.order.OrderKey;
import dev.stampede.order.OrderState;
import dev.stampede.order.PaymentId;
import dev.stampede.sale.Reduction;
import dev.stampede.sale.SaleId;
import dev.stampede.sale.SaleTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Changes and snapshots written down part by part: they depend on no rule, only on the format. */
public final class SampleShards {

  public static final StockKey KEY = new StockKey(new SaleId("aurora-1"), 0);
  public static final ShardCounts COUNTS = new ShardCounts(10, 4, 3, 2, 1);

  private static final BuyerId BUYER = new BuyerId("ann@example.com");

  /** The reasons that there were when samples were first written; a later one has its own. */
  public static final Set<Refund.Reason> FIRST_REASONS =
      EnumSet.range(Refund.Reason.SOLD_OUT, Refund.Reason.SALE_FROZEN);

  private static final ChainHash BASE = ChainHash.GENESIS.next(new byte[] {1, 2, 3});

  private SampleShards() {}

  public static SaleTerms terms(Reduction reduction) {
    return new SaleTerms(
        Instant.ofEpochMilli(1_000),
        Instant.ofEpochMilli(2_000),
        3,
        reduction,
        Duration.ofMinutes(5),
        1);
  }

  public static Order order(OrderState state) {
    PaymentId payment = state == OrderState.PAID ? new PaymentId("pay-1") : PaymentId.NONE;
    return new Order(
        new OrderKey(-5 - state.code(), Long.MAX_VALUE),
        BUYER,
        2,
        state,
        1_500,
        301_500,
        payment,
        7);
  }

  /** An order in every state. */
  public static ShardChange ofOrders() {
    return change(7, Arrays.stream(OrderState.values()).map(SampleShards::order).toList());
  }

  /** A refund for each of the first reasons. */
  public static ShardChange ofRefunds() {
    List<Refund> refunds =
        FIRST_REASONS.stream()
            .map(reason -> new Refund(order(OrderState.EXPIRED).key(), payment(reason), reason))
            .toList();
    return ShardChange.following(BASE, header(7, false, false), List.of(), refunds, List.of());
  }

  private static PaymentId payment(Refund.Reason reason) {
    return new PaymentId("pay-" + reason.code());
  }

  /** An adjustment of each of the first kinds. */
  public static ShardChange ofAdjustments() {
    List<Adjustment> adjustments =
        Stream.of(Adjustment.Kind.RESTOCK, Adjustment.Kind.WITHDRAW)
            .map(kind -> new Adjustment("by-" + kind.code(), kind, 1L << (32 + kind.code())))
            .toList();
    return ShardChange.following(BASE, header(7, false, false), List.of(), List.of(), adjustments);
  }

  /** A reopening, which is a later kind. */
  public static ShardChange ofReopening() {
    List<Adjustment> reopening = List.of(new Adjustment("ops-1", Adjustment.Kind.REOPEN, 0));
    return ShardChange.following(BASE, header(7, false, false), List.of(), List.of(), reopening);
  }

  /** Nothing but a sale that is stopped. */
  public static ShardChange ofSwitches() {
    return ShardChange.following(BASE, header(7, true, false), List.of(), List.of(), List.of());
  }

  /** Something of everything, and two changes that are not stored. */
  public static ShardSnapshot snapshot(Reduction reduction) {
    ShardChange first = change(6, List.of(order(OrderState.HELD)));
    ShardChange second =
        ShardChange.following(
            first.chain(),
            header(7, false, true),
            List.of(order(OrderState.PAID)),
            List.of(ofRefunds().refunds().getFirst()),
            List.of(ofAdjustments().adjustments().getFirst()));
    return new ShardSnapshot(
        terms(reduction),
        second.header(),
        4,
        second.chain(),
        List.of(order(OrderState.PAID)),
        second.refunds(),
        second.adjustments(),
        List.of(first, second),
        5);
  }

  private static ShardChange change(long seq, List<Order> orders) {
    List<Order> touched = orders.stream().map(order -> order.in(order.state(), seq)).toList();
    return ShardChange.following(BASE, header(seq, false, false), touched, List.of(), List.of());
  }

  private static ShardChange.Header header(long seq, boolean frozen, boolean closed) {
    return new ShardChange.Header(KEY, 4, seq, 1_600, COUNTS, frozen, closed);
  }
}
