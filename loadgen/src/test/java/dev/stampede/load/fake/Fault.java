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
  IS_SLOW
}
