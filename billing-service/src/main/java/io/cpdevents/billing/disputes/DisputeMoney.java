package io.cpdevents.billing.disputes;

import io.cpdevents.billing.payments.TicketShares;
import io.cpdevents.platform.money.Money;
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
 */
record DisputeMoney(
    Money taken, List<String> transactionIds, Booking booking, TicketShares shares, int changes) {

  /** How the shares of a dispute stand in the ledger. */
  enum Booking {
    /** Nothing is taken. */
    NONE,
    /** The organization's share is set aside. */
    HELD,
    /** Those who bear it have lost it. */
    LOST
  }

  /** Copies the list. */
  DisputeMoney {
    transactionIds = List.copyOf(transactionIds);
  }

  /** Nothing has moved. */
  static DisputeMoney none(Money nothing) {
    return new DisputeMoney(nothing, List.of(), Booking.NONE, TicketShares.none(), 0);
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
