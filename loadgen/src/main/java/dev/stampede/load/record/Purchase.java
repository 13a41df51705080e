package dev.stampede.load.record;

/** One purchase of the run that may exist on the server. Refused ones need no record. */
public sealed interface Purchase {
  String sale();

  String buyer();

  int quantity();

  /**
   * A purchase that was sent and not acknowledged.
   *
   * @param refused a repeat of it was refused, so that most likely it does not exist; but the
   *     attempt before may have been carried out after that
   */
  record Unanswered(String sale, String buyer, int quantity, boolean refused) implements Purchase {
    public Unanswered refusedAfterDoubt() {
      return new Unanswered(sale, buyer, quantity, true);
    }
  }

  /**
   * An order that the server answered with 201.
   *
   * @param first the state in that answer
   * @param liveFrom when it surely was live, in nanoseconds of this machine
   * @param liveTo until when it surely was live, likewise; {@link Long#MAX_VALUE} without end
   * @param heldUntilMillis the server's deadline of the hold, in epoch milliseconds of its clock;
   *     {@link Long#MAX_VALUE} where there is none
   */
  record Acknowledged(
      String sale,
      String buyer,
      int quantity,
      String order,
      OrderState first,
      Told told,
      long liveFrom,
      long liveTo,
      long heldUntilMillis)
      implements Purchase {

    public Acknowledged told(Told now) {
      return new Acknowledged(
          sale, buyer, quantity, order, first, now, liveFrom, liveTo, heldUntilMillis);
    }

    /** The same, live from an instant on and without end: what a payment does. */
    public Acknowledged liveForGood(long from) {
      return new Acknowledged(
          sale, buyer, quantity, order, first, told, from, Long.MAX_VALUE, heldUntilMillis);
    }

    /** The same, surely live only until then: what sending a cancellation does. */
    public Acknowledged liveAtMostTo(long until) {
      return new Acknowledged(
          sale,
          buyer,
          quantity,
          order,
          first,
          told,
          liveFrom,
          Math.min(liveTo, until),
          heldUntilMillis);
    }

    /** Whether it surely took units out of the stock while it was live. */
    public boolean takesUnits() {
      return first != OrderState.AWAITING_PAYMENT || told == Told.PAID;
    }
  }
}
