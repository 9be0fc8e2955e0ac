package io.cpdevents.billing.disputes;

import io.cpdevents.billing.payments.TicketShares;
import io.cpdevents.platform.money.Money;
import java.util.Currency;
import java.util.List;

/**
 * What a dispute has done to money.
 *
 * @param taken what Stripe has withdrawn and not reinstated, before fees; in its balance's currency
 * @param transactionIds the balance transactions of that, in the order in which they came
 * @param booking how the shares stand in the ledger
 * @param shares what that takes of which ticket; what is more than was left of the payment is
 *     nobody's share
 * @param changes how often the ledger has followed: the number of the next change
 * @param writtenOff what of the taken money people have written off
 */
record DisputeMoney(
    Money taken,
    List<String> transactionIds,
    Booking booking,
    TicketShares shares,
    int changes,
    Money writtenOff) {

  /** How the shares of a dispute stand in the ledger. */
  enum Booking {
    /** Nothing is taken. */
    NONE,
    /** The organization's share is set aside. */
    HELD,
    /** Those who bear it have lost it. */
    LOST,
    /** The platform has lost it, and nothing is set aside any more. */
    WRITTEN_OFF
  }

  /** Copies the list. */
  DisputeMoney {
    transactionIds = List.copyOf(transactionIds);
  }

  /** Nothing has moved. */
  static DisputeMoney none(Money nothing) {
    return new DisputeMoney(nothing, List.of(), Booking.NONE, TicketShares.none(), 0, nothing);
  }

  /**
   * What it has taken that is nobody's share and was not written off: of another currency than the
   * payment's all of it. Below zero: what has come back after it was written off.
   */
  Money nobodys(Currency ofPayment) {
    Money out = taken.isPositive() ? taken : Money.zero(taken.currency());
    boolean isForeign = !taken.currency().equals(ofPayment);
    return (isForeign ? out : out.minus(shares.amount(ofPayment))).minus(writtenOff);
  }

  /** The same after so much more was written off; nothing is set aside for it any more. */
  DisputeMoney writtenOff(Money more) {
    return new DisputeMoney(
        taken,
        transactionIds,
        booking == Booking.HELD ? Booking.WRITTEN_OFF : booking,
        shares,
        changes,
        writtenOff.plus(more));
  }

  /** What is set aside. */
  TicketShares held() {
    return booking == Booking.HELD ? shares : TicketShares.none();
  }

  /** What is lost. */
  TicketShares lost() {
    return booking == Booking.LOST ? shares : TicketShares.none();
  }
}
