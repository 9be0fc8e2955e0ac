package io.cpdevents.payout.payouts;

import io.cpdevents.contracts.payout.PayoutEvent.PayoutCancelled;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutFailed;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutPaid;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutSent;
import io.cpdevents.contracts.payout.PayoutEvent.PayoutTransferred;
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
  /**
   * It was on its way to the bank when the organization ended the connection of its account:
   * platform finance finds out how it ended.
   */
  UNCONFIRMED,
  /** Stripe counts it as paid; the bank may still send it back. */
  PAID,
  /** The organization was not paid, and has the amount in its balance again. */
  FAILED,
  /** Called off before it was paid; the organization has the amount in its balance again. */
  CANCELLED;

  private static final String TWICE = "told twice";
  private static final String LATE = "late: it has gone on meanwhile";
  private static final String TOO_EARLY = "one step after the other";
  private static final String ENDED = "late: it has failed";
  private static final String CALLED_OFF = "late: it was cancelled";
  private static final String AGAIN_IN_BALANCE = "the amount is in the balance again";

  private static final String NEXT_STEP = "Stripe refuses the next step";

  /** The table of state changes; late and crossing messages are rows of it. */
  public static final Transitions<PayoutStatus, PayoutTrigger> TRANSITIONS =
      Transitions.named("payout", PayoutStatus.class, PayoutTrigger.class)
          .row(REQUESTED, PayoutTrigger.RESERVED, RESERVED, "the money is sent next")
          .row(
              REQUESTED,
              PayoutTrigger.REFUSED,
              FAILED,
              "the ledger has less; nothing was moved",
              PayoutFailed.class)
          .refused(REQUESTED, PayoutTrigger.TRANSFERRED, TOO_EARLY)
          .refused(REQUESTED, PayoutTrigger.SENT, TOO_EARLY)
          .refused(REQUESTED, PayoutTrigger.PAID, TOO_EARLY)
          .refused(REQUESTED, PayoutTrigger.FAILED, TOO_EARLY)
          .row(
              REQUESTED,
              PayoutTrigger.CANCELLED,
              CANCELLED,
              "billing gives back what it sets aside",
              PayoutCancelled.class)
          .ignored(REQUESTED, PayoutTrigger.DISCONNECTED, NEXT_STEP)
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
          .row(
              RESERVED, PayoutTrigger.CANCELLED, CANCELLED, AGAIN_IN_BALANCE, PayoutCancelled.class)
          .ignored(RESERVED, PayoutTrigger.DISCONNECTED, NEXT_STEP)
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
          .row(
              TRANSFERRED,
              PayoutTrigger.CANCELLED,
              CANCELLED,
              "the next payout uses what lies on the account",
              PayoutCancelled.class)
          .ignored(TRANSFERRED, PayoutTrigger.DISCONNECTED, NEXT_STEP)
          .ignored(IN_TRANSIT, PayoutTrigger.RESERVED, LATE)
          .refused(IN_TRANSIT, PayoutTrigger.REFUSED, "billing answers once")
          .ignored(IN_TRANSIT, PayoutTrigger.TRANSFERRED, LATE)
          .ignored(IN_TRANSIT, PayoutTrigger.SENT, TWICE)
          .row(IN_TRANSIT, PayoutTrigger.PAID, PAID, "it has arrived", PayoutPaid.class)
          .row(
              IN_TRANSIT,
              PayoutTrigger.FAILED,
              FAILED,
              "the bank has sent it back",
              PayoutFailed.class)
          .row(
              IN_TRANSIT,
              PayoutTrigger.CANCELLED,
              CANCELLED,
              "Stripe had not yet submitted it to the bank",
              PayoutCancelled.class)
          .row(
              IN_TRANSIT,
              PayoutTrigger.DISCONNECTED,
              UNCONFIRMED,
              "Stripe cannot be asked about it any more: two people decide")
          .ignored(UNCONFIRMED, PayoutTrigger.RESERVED, LATE)
          .refused(UNCONFIRMED, PayoutTrigger.REFUSED, "billing answers once")
          .ignored(UNCONFIRMED, PayoutTrigger.TRANSFERRED, LATE)
          .ignored(UNCONFIRMED, PayoutTrigger.SENT, LATE)
          .row(UNCONFIRMED, PayoutTrigger.PAID, PAID, "people found it arrived", PayoutPaid.class)
          .row(
              UNCONFIRMED,
              PayoutTrigger.FAILED,
              FAILED,
              "people found that it did not arrive",
              PayoutFailed.class)
          .ignored(UNCONFIRMED, PayoutTrigger.CANCELLED, "too late: it is on its way")
          .ignored(UNCONFIRMED, PayoutTrigger.DISCONNECTED, TWICE)
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
          .ignored(PAID, PayoutTrigger.CANCELLED, "too late: it was paid")
          .ignored(PAID, PayoutTrigger.DISCONNECTED, "it was paid")
          .ignored(FAILED, PayoutTrigger.RESERVED, ENDED)
          .ignored(FAILED, PayoutTrigger.REFUSED, TWICE)
          .row(
              FAILED,
              PayoutTrigger.TRANSFERRED,
              FAILED,
              "late: it lies on the account for the next payout",
              PayoutTransferred.class)
          .ignored(FAILED, PayoutTrigger.SENT, ENDED)
          .ignored(FAILED, PayoutTrigger.PAID, ENDED)
          .ignored(FAILED, PayoutTrigger.FAILED, TWICE)
          .ignored(FAILED, PayoutTrigger.CANCELLED, ENDED)
          .ignored(FAILED, PayoutTrigger.DISCONNECTED, ENDED)
          .ignored(CANCELLED, PayoutTrigger.RESERVED, CALLED_OFF)
          .ignored(CANCELLED, PayoutTrigger.REFUSED, CALLED_OFF)
          .row(
              CANCELLED,
              PayoutTrigger.TRANSFERRED,
              CANCELLED,
              "late: it lies on the account for the next payout",
              PayoutTransferred.class)
          .ignored(CANCELLED, PayoutTrigger.SENT, CALLED_OFF)
          .ignored(CANCELLED, PayoutTrigger.PAID, CALLED_OFF)
          .ignored(CANCELLED, PayoutTrigger.FAILED, CALLED_OFF)
          .ignored(CANCELLED, PayoutTrigger.CANCELLED, TWICE)
          .ignored(CANCELLED, PayoutTrigger.DISCONNECTED, CALLED_OFF)
          .build();
}
