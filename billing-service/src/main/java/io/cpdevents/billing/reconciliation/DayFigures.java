package io.cpdevents.billing.reconciliation;

/**
 * A day in one currency.
 *
 * @param stripeMinor what Stripe has at its end, by its balance transactions
 * @param ledgerMinor what the ledger's account {@code stripe} has by the journals of these
 * @param transactions that belong to the day
 * @param openBreaks that keep the day from being closed
 */
record DayFigures(
    String currency, long stripeMinor, long ledgerMinor, long transactions, long openBreaks) {

  static DayFigures nothing(String currency) {
    return new DayFigures(currency, 0, 0, 0, 0);
  }

  long differenceMinor() {
    return Math.subtractExact(stripeMinor, ledgerMinor);
  }

  /** The end of a day that follows on this one, from what moved on it. */
  DayFigures then(DayFigures moved) {
    return new DayFigures(
        currency,
        Math.addExact(stripeMinor, moved.stripeMinor),
        Math.addExact(ledgerMinor, moved.ledgerMinor),
        moved.transactions,
        moved.openBreaks);
  }
}
