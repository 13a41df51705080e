package dev.stampede.ops;

/**
 * The name of every metric of ours, in one place. Units are part of no name: the registry adds
 * them. Tag values come from enums only, so that their number is bounded.
 */
public final class MetricNames {

  /** Gauge: commands that wait in the lanes of this node. */
  public static final String LANE_WAITING = "stampede.lane.waiting";

  /** Counter: calls that the lanes of this node made to owners of shards. */
  public static final String LANE_CALLS = "stampede.lane.calls";

  /** Counter: commands in those calls; the ratio of both is the mean batch. */
  public static final String LANE_COMMANDS = "stampede.lane.commands";

  /** Counter: calls repeated because their outcome was unknown. */
  public static final String LANE_REPEATS = "stampede.lane.repeats";

  /** Gauge: changed orders of shards owned here that wait to be written to the database. */
  public static final String BACKLOG_ORDERS = "stampede.backlog.orders";

  /** Gauge, in seconds: how long the oldest of them has waited. */
  public static final String BACKLOG_AGE = "stampede.backlog.age";

  /** Counter: orders that this node changed as their owner; they wait until they are stored. */
  public static final String CHANGED_ORDERS = "stampede.changed.orders";

  /** Counter: changed orders that this node wrote to the database: how fast the backlog drains. */
  public static final String STORED_ORDERS = "stampede.stored.orders";

  /** Counter: writes to the database that failed and will be tried again. */
  public static final String STORE_FAILURES = "stampede.store.failures";

  /** Counter: shards of which the database has another history; each is an alert. */
  public static final String STORE_FORKS = "stampede.store.forks";

  /** Counter: rows and changes that the database never took, kept as dead letters by this node. */
  public static final String DEAD_LETTERS = "stampede.dead.letters";

  /** Counter: changes that reached a backup out of order; each is an alert. */
  public static final String REPLICA_GAPS = "stampede.replica.gaps";

  /** Counter: shards that came back from the database after all replicas had gone; an alert. */
  public static final String SHARDS_LOST = "stampede.shards.lost";

  /** Gauge: shards that live on this node. */
  public static final String SHARDS_OWNED = "stampede.shards.owned";

  /** Gauge: sales that this node knows to be hot. */
  public static final String HOT_SALES = "stampede.hot.sales";

  /** Gauge: clients that this node tells what becomes hot and cold. */
  public static final String HOT_STREAMS = "stampede.hot.streams";

  /** Counter: accesses that were too many different ones at once to be counted by sale. */
  public static final String UNCOUNTED_ACCESSES = "stampede.uncounted.accesses";

  /** Counter: purchases refused because their sale had its share of this node already. */
  public static final String LIMITED_PURCHASES = "stampede.limited.purchases";

  /** Counter, by reason: signed events of the payment provider that are not for this system. */
  public static final String IGNORED_PAYMENT_EVENTS = "stampede.payments.ignored";

  /** Gauge: connections of clients. */
  public static final String CONNECTIONS = "stampede.http.connections";

  /** Counter: connections closed at once because there were as many as there may be. */
  public static final String REFUSED_CONNECTIONS = "stampede.http.connections.refused";

  /** Gauge: nodes of the grid that this one sees, itself included. */
  public static final String MEMBERS = "stampede.members";

  /** Gauge, in seconds: how far this node's clock is ahead of the majority's; behind: below 0. */
  public static final String CLOCK_SKEW = "stampede.clock.skew";

  private MetricNames() {}
}
