package io.cpdevents.payout.payouts;

import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferReversed;
import io.cpdevents.platform.state.Transitions;

/** How far the reversal of a transfer is. */
enum TransferReversalStatus {
  /** Stripe is asked, and may have made it. */
  SENT,
  MADE,
  /** Stripe has refused it, or later payouts have used what was left. */
  REFUSED;

  private static final String ANSWERED = "two requests were under way, and the other was answered";
  private static final String CONTRADICTED = "it is looked for before it is sent again";

  /** The table of state changes. */
  static final Transitions<TransferReversalStatus, TransferReversalTrigger> TRANSITIONS =
      Transitions.named(
              "transfer-reversal", TransferReversalStatus.class, TransferReversalTrigger.class)
          .row(
              SENT,
              TransferReversalTrigger.SENT_AGAIN,
              SENT,
              "Stripe has not answered: it is looked for before it is sent again")
          .row(
              SENT,
              TransferReversalTrigger.MADE,
              MADE,
              "the money is the platform's again",
              PayoutTransferReversed.class)
          .row(SENT, TransferReversalTrigger.REFUSED, REFUSED, "people settle what is left there")
          .ignored(MADE, TransferReversalTrigger.SENT_AGAIN, ANSWERED)
          .ignored(MADE, TransferReversalTrigger.MADE, ANSWERED)
          .refused(MADE, TransferReversalTrigger.REFUSED, CONTRADICTED)
          .ignored(REFUSED, TransferReversalTrigger.SENT_AGAIN, ANSWERED)
          .refused(REFUSED, TransferReversalTrigger.MADE, CONTRADICTED)
          .ignored(REFUSED, TransferReversalTrigger.REFUSED, ANSWERED)
          .build();
}
