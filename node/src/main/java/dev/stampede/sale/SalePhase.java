package dev.stampede.sale;

/** Where a sale stands at one instant. */
public enum SalePhase {
  /** Before its window. */
  SCHEDULED,
  /** Within its window and selling. */
  OPEN,
  /** Stopped by an operator, for now: nothing is sold, payments and cancels still work. */
  FROZEN,
  /** After its window, or closed by an operator: nothing is sold any more. */
  CLOSED
}
