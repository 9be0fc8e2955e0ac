package io.cpdevents.payout.payouts;

import io.cpdevents.platform.money.Money;
import java.util.UUID;

/** Something about a payout that a person has to decide. */
public record OpenQuestion(UUID payoutId, Kind kind, Money amount) {

  /** What it is. */
  public enum Kind {
    /** Whether it has arrived is not known, and Stripe cannot be asked. */
    UNCONFIRMED,
    /** Payouts have left money on an account that is not connected any more. */
    MONEY_LEFT,
    /** It waits, because less lies on the account than payouts have left there. */
    MONEY_MISSING
  }
}
