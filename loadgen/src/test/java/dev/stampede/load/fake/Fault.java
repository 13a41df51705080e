package dev.stampede.load.fake;

/** What a shop may do wrong, or badly. */
public enum Fault {
  /** Sells one unit more than it has, and says so to nobody. */
  OVERSELLS,
  /** Forgets an order that it has acknowledged. */
  LOSES_AN_ORDER,
  /** Gives every key an order of its own each time. */
  FORGETS_KEYS,
  /** Does not count what a buyer has. */
  IGNORES_LIMIT,
  /** Pays orders and keeps showing them as held. */
  FORGETS_PAYMENTS,
  /** Sends payments back, as of another amount than the sale asks for. */
  MISPRICES,
  /** Gives some units to orders of the run's buyers that nobody hears of. */
  SELLS_IN_SECRET,
  /** Carries out every seventh purchase and closes the connection instead of answering. */
  DROPS_ANSWERS,
  /** Turns away every fifth purchase with 429, and another with 503. */
  IS_BUSY,
  /** Says 202 to every fifth purchase that waits for the database: taken, but not stored yet. */
  STORES_LATE,
  /** Takes every fifth payment and says 503 to it once: not stored yet. */
  STORES_PAYMENTS_LATE,
  /** Gives nobody a second order. */
  CAPS_UNPAID,
  /** Takes a tenth of a second for each purchase. */
  IS_SLOW,
  /** Whenever an admin asks, strangers buy and cancel; the database is always some changes late. */
  NEVER_RESTS,
  /** The database takes the first changes, and no more of them. */
  STOPS_STORING,
  /** The database has one more unit sold than the grid had after the same change. */
  STORES_OTHER_COUNTS,
  /** One unit is in no order's hands and is not available either. */
  LOSES_A_UNIT,
  /** Takes three seconds for an audit, as with a long history. */
  AUDITS_SLOWLY,
  /** Lists a second sale, which is over; all requests for more than its phase get 404. */
  LISTS_AN_ENDED_SALE,
  /** Does not audit any more once somebody has bought. */
  STOPS_AUDITING
}
