package io.cpdevents.payout.payouts;

import io.cpdevents.platform.foureyes.Proposal;
import io.cpdevents.platform.money.Money;
import java.util.UUID;

/**
 * What somebody has proposed about a payout that Stripe cannot be asked about, or about what
 * payouts have left on its account.
 *
 * @param amount that of the payout, or what payouts have left
 */
record Settlement(
    Proposal proposal,
    UUID payoutId,
    Subject subject,
    SettlementOutcome outcome,
    Money amount,
    String reason) {

  /** What is decided about. */
  enum Subject {
    /** A payout whose end is not known. */
    PAYOUT,
    /** What payouts have left on an account that cannot be used any more. */
    LEFT_MONEY
  }
}
