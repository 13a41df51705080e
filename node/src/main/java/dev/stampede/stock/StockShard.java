package dev.stampede.stock;

import dev.stampede.order.BuyerId;
import dev.stampede.order.Order;
import dev.stampede.order.OrderKey;
import dev.stampede.order.PaymentId;
import dev.stampede.sale.SalePhase;
import dev.stampede.sale.SaleTerms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of a sale's stock, together with every order taken from it: the unit of atomicity. Limit,
 * stock and order change in one step because they live in one object.
 *
 * <p>{@link #decide} reads and never touches; {@link #apply} touches and never fails: a grid that
 * keeps the object itself cannot take half a change back. All rules are in {@link ShardRules}.
 *
 * <p>Threads: one at a time (the partition's), except for what says that any thread may, and {@link
 * #fence}, {@link #outdatedBy} and {@link #snapshot}; the last one excludes {@link #apply}.
 */
public final class StockShard {

  private final SaleTerms terms;
  private final Map<OrderKey, Order> orders;
  private final BuyerTotals totals = new BuyerTotals();
  private final Deadlines deadlines;
  private final Refunds refunds = new Refunds();
  private final Map<String, Adjustment> adjustments = new HashMap<>();
  private final UnstoredChanges unstored;
  private volatile ShardChange.Header head;
  private ChainHash chain;
  private volatile long nextDeadline;
  private volatile boolean fenced;
  private volatile int provenEpoch;
  private volatile int newestEpoch;

  /**
   * A shard in the state of a snapshot. One that was only read from the database, perhaps long ago,
   * is not {@linkplain #prove proven}: until it is, nothing may be told of it.
   */
  public StockShard(ShardSnapshot snapshot) {
    terms = snapshot.terms();
    head = snapshot.head();
    provenEpoch = snapshot.provenEpoch();
    chain = snapshot.chain();
    orders = HashMap.newHashMap(snapshot.orders().size());
    deadlines = new Deadlines(orders);
    unstored = new UnstoredChanges(snapshot.storedSeq());
    snapshot.unstored().forEach(unstored::append);
    snapshot.refunds().forEach(refunds::enter);
    snapshot.adjustments().forEach(this::enter);
    snapshot.orders().forEach(this::enter);
    deadlines.startOver();
    nextDeadline = firstDeadline();
  }

  /**
   * What the commands would do within these bounds, and their answers. Touches nothing.
   *
   * @param now milliseconds since 1970, by a clock that is right; if the shard has seen a later
   *     time, that one counts until an operator has it {@linkplain ShardCommand.Reopen reopened}
   */
  public Decision decide(List<? extends ShardCommand> commands, long now, ShardBounds bounds) {
    ShardDraft draft = new ShardDraft(this, now);
    ShardRules rules = new ShardRules(this, draft, bounds);
    List<Outcome> outcomes = new ArrayList<>(commands.size());
    for (ShardCommand command : commands) {
      outcomes.add(rules.decide(command));
    }
    return new Decision(draft.change(), outcomes);
  }

  /**
   * Makes a change that was decided on this very state; on a replica, the one that comes next.
   *
   * @return false, with nothing touched, where the change does not follow this state
   */
  public synchronized boolean apply(ShardChange change) {
    if (change.seq() != head.seq() + 1 || !change.base().equals(chain)) {
      return false;
    }
    change.orders().forEach(this::enter);
    change.refunds().forEach(refunds::enter);
    change.adjustments().forEach(this::enter);
    if (change.header().at() < head.at()) {
      deadlines.startOver();
    }
    head = change.header();
    chain = change.chain();
    unstored.append(change);
    nextDeadline = firstDeadline();
    return true;
  }

  private long firstDeadline() {
    return deadlines.next(head.at(), head.at() + terms.holdTime().toMillis());
  }

  private void enter(Order order) {
    Order before = orders.put(order.key(), order);
    totals.enter(order, before);
    if (order.state().hasDeadline()
        && (before == null || before.heldUntil() != order.heldUntil())) {
      deadlines.add(order);
    }
  }

  private void enter(Adjustment adjustment) {
    adjustments.put(adjustment.id(), adjustment);
  }

  /** Which shard of which sale. */
  public StockKey key() {
    return head.key();
  }

  /** The rules of its sale. */
  public SaleTerms terms() {
    return terms;
  }

  /** The state after its newest change, apart from orders. Any thread may ask. */
  public ShardChange.Header head() {
    return head;
  }

  /** The hash of its newest change. */
  public ChainHash chain() {
    return chain;
  }

  /** How many orders it has, ended ones included. */
  public int orderCount() {
    return orders.size();
  }

  @Nullable Order order(OrderKey key) {
    return orders.get(key);
  }

  BuyerTotal total(BuyerId buyer) {
    return totals.of(buyer);
  }

  Optional<Refund> refund(OrderKey order, PaymentId payment) {
    return refunds.find(order, payment);
  }

  Optional<Adjustment> adjustment(String id) {
    return Optional.ofNullable(adjustments.get(id));
  }

  /** Orders that may end by themselves, those with the earliest deadline first. */
  Iterable<Order> deadlines() {
    return deadlines.earliestFirst();
  }

  /** Orders from before its time was last set back, those with the latest deadline first. */
  Iterable<Order> latestDeadlines() {
    return deadlines.latestFirst();
  }

  /** The changes that are not yet in the database. Any thread may use them. */
  public UnstoredChanges unstored() {
    return unstored;
  }

  /**
   * Takes the epoch of a later loading of the same state, which found this shard in place: its
   * changes would be refused by the database with the older one.
   */
  public synchronized void adoptEpoch(int epoch) {
    if (epoch > head.epoch()) {
      head = head.withEpoch(epoch);
    }
  }

  /** Notes that the database has handed it to a later loading, which may never have come here. */
  public void outdatedBy(int epoch) {
    newestEpoch = epoch;
  }

  /** Whether the database takes nothing from it before it has the epoch of a later loading. */
  public boolean isOutdated() {
    return head.epoch() < newestEpoch;
  }

  /** Whether its state is known to be the newest, so that it can be worked on. */
  public boolean isProven() {
    return provenEpoch > 0;
  }

  /** The loadings that it knows of. Any thread may ask. */
  public Epochs epochs() {
    return new Epochs(head.epoch(), provenEpoch);
  }

  /** Whether this loading put it in its place, and it is not at work yet. */
  public boolean awaitsProof(int loading) {
    return !isProven() && head.epoch() == loading;
  }

  /**
   * Enters more orders that a loading read; again, if need be.
   *
   * @return false, with nothing touched, where something else is here, or it is at work
   */
  public synchronized boolean enterRead(int loading, List<Order> more) {
    boolean awaitsMore = awaitsProof(loading);
    if (awaitsMore) {
      more.forEach(this::enter);
    }
    return awaitsMore;
  }

  /**
   * Notes that the database had nothing newer while it was in place, and knows that it is at work.
   *
   * @param loading the loading that put it there; says nothing of a shard from another
   */
  public void prove(int loading) {
    if (awaitsProof(loading)) {
      provenAs(loading);
    }
  }

  /** Takes over from its owner, as a backup, which loading put the shard to work. */
  public synchronized void provenAs(int ownersLoading) {
    if (!isProven()) {
      deadlines.startOver(); // orders that were read come in any order
      nextDeadline = firstDeadline();
    }
    provenEpoch = ownersLoading;
  }

  /** Whether a state that was read later should take its place. */
  public boolean yieldsTo(ShardSnapshot later) {
    return !isProven() && head.epoch() < later.head().epoch();
  }

  /** Stops it for good on this side: the database has another history of it. Any thread may. */
  public void fence() {
    fenced = true;
  }

  /** Whether the database has another history of it. */
  public boolean isFenced() {
    return fenced;
  }

  /** Whether it sells at this instant. */
  SalePhase phase(long now) {
    return terms.phase(head.frozen(), head.closed(), Math.max(now, head.at()));
  }

  /** The public picture at this instant. */
  public StockView view(long now) {
    return new StockView(head.counts().available(), phase(now), head.seq(), now);
  }

  /**
   * When the next order ends by itself, in milliseconds since 1970; {@link Long#MAX_VALUE} where
   * none does. Any thread may ask.
   */
  public long nextDeadline() {
    return nextDeadline;
  }

  /** All there is to know under this head; looks at every buyer's total. */
  ShardReport report(ShardChange.Header head, SalePhase phase) {
    return new ShardReport(
        head.counts(),
        phase,
        head.epoch(),
        head.seq(),
        unstored.storedSeq(),
        chain,
        orders.size(),
        totals.over(terms.limitPerBuyer()));
  }

  /** A copy of the whole state. Any thread may ask; {@link #apply} waits meanwhile. */
  public synchronized ShardSnapshot snapshot() {
    return new ShardSnapshot(
        terms,
        head,
        provenEpoch,
        chain,
        List.copyOf(orders.values()),
        refunds.all(),
        List.copyOf(adjustments.values()),
        unstored.all(),
        unstored.storedSeq());
  }
}
