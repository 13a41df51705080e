package dev.stampede.sale;

/** When a sale takes units out of its available stock. */
public enum Reduction {
  /** The units are sold when the order is taken. */
  AT_ORDER,
  /** The units are held when the order is taken, then paid in time or released. */
  RESERVE,
  /** The order takes no units; its payment does, and may come too late. */
  AT_PAYMENT
}
