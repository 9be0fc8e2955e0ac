package io.cpdevents.billing.disputes;

import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.Journal;
import io.cpdevents.billing.payments.PaidRegistration;
import io.cpdevents.billing.payments.TicketShares;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.contracts.billing.DisputeEvent;
import io.cpdevents.platform.money.Money;
import java.util.UUID;

/** One thing that a decision about a dispute asks to be done, in the same transaction. */
sealed interface DisputeEffect {

  /** A new dispute is saved. */
  record Insert(Dispute dispute, PaidRegistration registration) implements DisputeEffect {}

  /**
   * What has changed about the dispute is saved.
   *
   * @param atStake what the organization loses if it is lost; zero when it is decided
   */
  record Save(Dispute dispute, Money atStake) implements DisputeEffect {}

  /** A movement of Stripe's balance is booked. */
  record Book(UUID paymentId, UUID disputeId, StripeBalanceTransaction transaction)
      implements DisputeEffect {}

  /**
   * A movement of Stripe's balance is booked to suspense, with a break: nobody's payment is
   * disputed.
   */
  record BookUnexplained(StripeBalanceTransaction transaction) implements DisputeEffect {}

  /** What the dispute takes of the payment's tickets has changed. */
  record Take(UUID paymentId, TicketShares before, TicketShares after) implements DisputeEffect {}

  /** Who bears it is posted. */
  record Post(Journal journal) implements DisputeEffect {}

  /** From now on nothing of the payment can be refunded. */
  record BlockRefunds(UUID paymentId) implements DisputeEffect {}

  /** This dispute does not block refunds any more: those that have waited are decided. */
  record UnblockRefunds(UUID paymentId) implements DisputeEffect {}

  /** The bank has changed its mind: refunds that the dispute had taken the place of are owed. */
  record OweRefundsAgain(UUID paymentId) implements DisputeEffect {}

  /** A person has to look at the dispute. */
  record OpenBreak(Dispute dispute, BreakKind kind, Money amount) implements DisputeEffect {}

  /** Nobody has to look at the dispute for this reason. */
  record ResolveBreak(Dispute dispute, BreakKind kind) implements DisputeEffect {}

  /** The other services are told. */
  record Tell(DisputeEvent event) implements DisputeEffect {}
}
