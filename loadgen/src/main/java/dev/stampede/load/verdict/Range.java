package dev.stampede.load.verdict;

import dev.stampede.load.record.OrderState;
import dev.stampede.load.record.Purchase;
import dev.stampede.load.record.Purchase.Acknowledged;
import dev.stampede.load.record.Purchase.Unanswered;
import java.util.List;

/** A number of units known as far as the answers tell. */
record Range(long least, long most) {
  boolean contains(long units) {
    return units >= least && units <= most;
  }

  @Override
  public String toString() {
    return least == most ? Long.toString(least) : least + " to " + most;
  }

  /** The units that the buyers of these purchases believe are sold to them. */
  static Range sold(List<? extends Purchase> purchases) {
    long least = 0;
    long most = 0;
    for (Purchase purchase : purchases) {
      Range one = sold(purchase);
      least += one.least;
      most += one.most;
    }
    return new Range(least, most);
  }

  private static Range sold(Purchase purchase) {
    int units = purchase.quantity();
    Range none = new Range(0, 0);
    Range perhaps = new Range(0, units);
    Range surely = new Range(units, units);
    return switch (purchase) {
      // Taken unheard, it is sold where the sale sells at the order.
      case Unanswered _ -> perhaps;
      case Acknowledged order -> {
        Range unpaid = order.first() == OrderState.PLACED ? surely : none;
        yield switch (order.told()) {
          case PAID -> surely;
          case TAKEN, CANCEL_REFUSED -> unpaid;
          case CANCELLED, REFUNDED -> none;
          case PAYMENT_UNKNOWN -> new Range(unpaid.least, units);
          case CANCEL_UNKNOWN -> new Range(0, unpaid.most);
        };
      }
    };
  }
}
