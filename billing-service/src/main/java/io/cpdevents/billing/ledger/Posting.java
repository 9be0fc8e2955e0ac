package io.cpdevents.billing.ledger;

import io.cpdevents.platform.money.Money;

/**
 * One line of a journal.
 *
 * @param amount debit positive, credit negative, never zero
 */
public record Posting(LedgerAccount account, Money amount) {

  /** Refuses a line that says nothing. */
  public Posting {
    if (amount.isZero()) {
      throw new IllegalArgumentException("a posting of nothing on " + account.name());
    }
  }
}
