package dev.stampede.stock;

import dev.stampede.order.Order;
import dev.stampede.order.OrderKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Plays the ledger of one shard from its first change on, and then compares what came of it with
 * the tables. Does no I/O: rows are handed in one after the other.
 *
 * <pre>
 *   next(entry)*  →  endsAt(row)  →  setAside(order)*
 *                →  order(row)*, refund(row)*, adjustment(row)*  →  rest()
 * </pre>
 *
 * <p>It rests on nothing but the hashes, the units issued at first, and the arithmetic of counts;
 * {@link StockShard} is not asked. In memory it has what the shard itself has (each order as its
 * newest change left it), never the ledger. The first fault ends it: what comes later is worth
 * nothing. For one thread.
 */
public final class LedgerReplay {

  private final StockKey key;
  private final Optional<ChainMark> mark;
  private final Map<OrderKey, Order> orders = new HashMap<>();
  private final Map<Refund, Long> refunds = new HashMap<>();
  private final Map<Adjustment, Long> adjustments = new HashMap<>();
  private final Map<OrderKey, Long> setAside = new HashMap<>();
  private ShardChange.Header head;
  private ChainHash chain = ChainHash.GENESIS;

  /**
   * A replay.
   *
   * @param issued the units that the shard began with
   * @param mark what the chain must lead through, if it gets so far
   */
  public LedgerReplay(StockKey key, long issued, Optional<ChainMark> mark) {
    this.key = key;
    this.mark = mark;
    this.head = new ShardChange.Header(key, 0, 0, 0, ShardCounts.issued(issued), false, false);
  }

  /** The number of the change that it has come to. */
  public long seq() {
    return head.seq();
  }

  /** How many orders the changes so far have left; fewer with each that was compared. */
  public long orders() {
    return orders.size();
  }

  /** Plays the next row of the ledger. */
  public Optional<LedgerFault> next(LedgerEntry entry) {
    long seq = head.seq() + 1;
    if (entry.seq() != seq) {
      return fault(seq, "the change is missing: the ledger goes on with #" + entry.seq());
    }
    if (!chain.next(entry.body()).equals(entry.chain())) {
      return fault(seq, "the hash is not that of the body and the change before");
    }
    try {
      return play(entry, ChangeCodec.decode(chain, entry.chain(), entry.body()));
    } catch (IllegalArgumentException e) {
      return fault(seq, "the body cannot be read: " + e.getMessage());
    }
  }

  private Optional<LedgerFault> play(LedgerEntry entry, ShardChange change) {
    ShardChange.Header header = change.header();
    if (!header.key().equals(key) || header.seq() != entry.seq()) {
      return fault(entry.seq(), "the body is that of " + header.key() + " #" + header.seq());
    }
    if (header.epoch() != entry.epoch() || header.at() != entry.at()) {
      return fault(
          entry.seq(),
          "the row has epoch %d at %d, the body epoch %d at %d"
              .formatted(entry.epoch(), entry.at(), header.epoch(), header.at()));
    }
    if (header.at() < head.at() && !isReopening(change)) {
      return fault(entry.seq(), "it was decided before the change before it");
    }
    ShardCounts counts = enter(change);
    if (!counts.equals(header.counts()) || !counts.balanced()) {
      return fault(entry.seq(), "its orders lead to " + counts + ", it says " + header.counts());
    }
    head = header;
    chain = change.chain();
    return mark.filter(it -> it.seq() == head.seq() && !it.chain().equals(chain))
        .flatMap(it -> fault(head.seq(), "the ledger has " + chain + ", the grid " + it.chain()));
  }

  /** Only then may the time of a shard go back. */
  private static boolean isReopening(ShardChange change) {
    return change.adjustments().stream()
        .anyMatch(adjustment -> adjustment.kind() == Adjustment.Kind.REOPEN);
  }

  /** Where the units are after the change, by its orders and adjustments alone. */
  private ShardCounts enter(ShardChange change) {
    ShardCounts counts = head.counts();
    for (Order order : change.orders()) {
      Order before = orders.put(order.key(), order);
      counts = (before == null ? counts : counts.without(before)).with(order);
    }
    for (Adjustment adjustment : change.adjustments()) {
      adjustments.put(adjustment, change.seq());
      counts = counts.with(adjustment);
    }
    change.refunds().forEach(refund -> refunds.put(refund, change.seq()));
    return counts;
  }

  /** The ledger has no more rows: compares with the shard's own row. */
  public Optional<LedgerFault> endsAt(ShardChange.Header row, ChainHash rowChain) {
    if (row.seq() > head.seq()) {
      return fault(head.seq() + 1, "the change is missing: the shard's row is at #" + row.seq());
    }
    if (row.seq() < head.seq()) {
      return fault(row.seq() + 1, "the shard's row does not know of it: it is at #" + row.seq());
    }
    if (!rowChain.equals(chain)) {
      return fault(head.seq(), "the shard's row has the hash " + rowChain + ", not " + chain);
    }
    // A loading raises the row's epoch without a change.
    if (row.epoch() < head.epoch() || !row.equals(head.withEpoch(row.epoch()))) {
      return fault(head.seq(), "the shard's row has " + row + ", the ledger " + head);
    }
    return Optional.empty();
  }

  /** Compares with an order that the table refused: its row, if any, is of an earlier change. */
  public Optional<LedgerFault> setAside(Order order) {
    setAside.put(order.key(), order.seq());
    return compare(order);
  }

  /** Compares with a row of the orders. */
  public Optional<LedgerFault> order(Order row) {
    Long refusedAt = setAside.get(row.key());
    return refusedAt != null && row.seq() < refusedAt ? Optional.empty() : compare(row);
  }

  private Optional<LedgerFault> compare(Order row) {
    Order played = orders.remove(row.key());
    if (played == null) {
      return fault(row.seq(), "the table has an order that the ledger has not: " + named(row));
    }
    return row.equals(played)
        ? Optional.empty()
        : fault(played.seq(), "the table has " + named(row) + ", the ledger " + named(played));
  }

  /** Compares with a row of the refunds. */
  public Optional<LedgerFault> refund(Refund row, long seq) {
    return compare(row, seq, refunds);
  }

  /** Compares with a row of the adjustments. */
  public Optional<LedgerFault> adjustment(Adjustment row, long seq) {
    return compare(row, seq, adjustments);
  }

  private <T> Optional<LedgerFault> compare(T row, long seq, Map<T, Long> played) {
    Long expected = played.remove(row);
    if (expected == null) {
      return fault(seq, "the table has what the ledger has not: " + row);
    }
    return expected == seq
        ? Optional.empty()
        : fault(expected, "the table has it at #" + seq + ": " + row);
  }

  /** The tables have no more rows: what is left was played and is in none of them. */
  public Optional<LedgerFault> rest() {
    return orders.values().stream()
        .min(Comparator.comparingLong(Order::seq))
        .flatMap(order -> fault(order.seq(), "the table has no order " + named(order)))
        .or(() -> rest(refunds))
        .or(() -> rest(adjustments));
  }

  private Optional<LedgerFault> rest(Map<?, Long> played) {
    return played.entrySet().stream()
        .min(Map.Entry.comparingByValue())
        .flatMap(each -> fault(each.getValue(), "the table has no " + each.getKey()));
  }

  /** The id that people know, before the rest. */
  private String named(Order order) {
    return key.orderId(order.key()) + " " + order;
  }

  private Optional<LedgerFault> fault(long seq, String what) {
    return Optional.of(new LedgerFault(key, seq, what));
  }
}
