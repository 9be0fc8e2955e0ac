package io.cpdevents.payout.payouts;

import io.cpdevents.contracts.payout.PayoutEvent.PayoutFailed;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutPaid;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutSent;
import io.cpdevents.platform.state.Transitions;

/** Where a payout stands, and every way from there. */
public enum PayoutStatus {
  /** Billing is asked to set the amount aside. */
  REQUESTED,
  /** The amount is set aside in the ledger. */
  RESERVED,
  /** The money is on the balance of the organization's account. */
  TRANSFERRED,
  /** It is on its way to the bank. */
  IN_TRANSIT,
  /** Stripe counts it as paid; the bank may still send it back. */
  PAID,
  /** The organization has the amount in its balance again. */
  FAILED;

  private static final String TWICE = "told twice";
  private static final String LATE = "late: it has gone on meanwhile";
  private static final String TOO_EARLY = "one step after the other";
  private static final String ENDED = "late: it has failed";

  /** The table of state changes; late and crossing messages are rows of it. */
  public static final Transitions<PayoutStatus, PayoutTrigger> TRANSITIONS =
      Transitions.named("payout", PayoutStatus.class, PayoutTrigger.class)
          .row(REQUESTED, PayoutTrigger.RESERVED, RESERVED, "the money is sent next")
          .row(REQUESTED, PayoutTrigger.REFUSED, FAILED, "the ledger has less; nothing was moved")
          .refused(REQUESTED, PayoutTrigger.TRANSFERRED, TOO_EARLY)
          .refused(REQUESTED, PayoutTrigger.SENT, TOO_EARLY)
          .refused(REQUESTED, PayoutTrigger.PAID, TOO_EARLY)
          .refused(REQUESTED, PayoutTrigger.FAILED, TOO_EARLY)
          .ignored(RESERVED, PayoutTrigger.RESERVED, TWICE)
          .refused(RESERVED, PayoutTrigger.REFUSED, "billing answers once")
          .row(
              RESERVED,
              PayoutTrigger.TRANSFERRED,
              TRANSFERRED,
              "all of it lies on the organization's account")
          .refused(RESERVED, PayoutTrigger.SENT, TOO_EARLY)
          .refused(RESERVED, PayoutTrigger.PAID, TOO_EARLY)
          .row(
              RESERVED,
              PayoutTrigger.FAILED,
              FAILED,
              "the account is not ready, or Stripe refuses",
              PayoutFailed.class)
          .ignored(TRANSFERRED, PayoutTrigger.RESERVED, LATE)
          .refused(TRANSFERRED, PayoutTrigger.REFUSED, "billing answers once")
          .ignored(TRANSFERRED, PayoutTrigger.TRANSFERRED, TWICE)
          .row(TRANSFERRED, PayoutTrigger.SENT, IN_TRANSIT, "Stripe pays it out", PayoutSent.class)
          .refused(TRANSFERRED, PayoutTrigger.PAID, TOO_EARLY)
          .row(
              TRANSFERRED,
              PayoutTrigger.FAILED,
              FAILED,
              "Stripe refuses: the next payout uses what lies on the account",
              PayoutFailed.class)
          .ignored(IN_TRANSIT, PayoutTrigger.RESERVED, LATE)
          .refused(IN_TRANSIT, PayoutTrigger.REFUSED, "billing answers once")
          .ignored(IN_TRANSIT, PayoutTrigger.TRANSFERRED, LATE)
          .ignored(IN_TRANSIT, PayoutTrigger.SENT, TWICE)
          .row(IN_TRANSIT, PayoutTrigger.PAID, PAID, "it has arrived", PayoutPaid.class)
          .row(
              IN_TRANSIT,
              PayoutTrigger.FAILED,
              FAILED,
              "the bank has sent it back, or it was canceled at Stripe",
              PayoutFailed.class)
          .ignored(PAID, PayoutTrigger.RESERVED, LATE)
          .refused(PAID, PayoutTrigger.REFUSED, "billing answers once")
          .ignored(PAID, PayoutTrigger.TRANSFERRED, LATE)
          .ignored(PAID, PayoutTrigger.SENT, LATE)
          .ignored(PAID, PayoutTrigger.PAID, TWICE)
          .row(
              PAID,
              PayoutTrigger.FAILED,
              FAILED,
              "the bank has sent it back days later",
              PayoutFailed.class)
          .ignored(FAILED, PayoutTrigger.RESERVED, ENDED)
          .ignored(FAILED, PayoutTrigger.REFUSED, TWICE)
          .ignored(FAILED, PayoutTrigger.TRANSFERRED, ENDED)
          .ignored(FAILED, PayoutTrigger.SENT, ENDED)
          .ignored(FAILED, PayoutTrigger.PAID, ENDED)
          .ignored(FAILED, PayoutTrigger.FAILED, TWICE)
          .build();
}
