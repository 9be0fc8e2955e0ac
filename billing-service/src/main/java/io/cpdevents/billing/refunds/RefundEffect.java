package io.cpdevents.billing.refunds;

import io.cpdevents.billing.payments.RefundablePayments.RefundablePayment;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.platform.money.Money;
import java.util.UUID;

/** One thing that a decision about a refund asks to be done, in the same transaction. */
sealed interface RefundEffect {

  /** A new obligation: saved, taken from what is left of its tickets, booked and told. */
  record Accept(RefundablePayment payment, Refund refund) implements RefundEffect {}

  /** The current attempt is sent to Stripe after the commit. */
  record Send(UUID refundId) implements RefundEffect {}

  /** What has changed about the refund is saved. */
  record Save(Refund refund) implements RefundEffect {}

  /** The other services are told that the money has gone back. */
  record TellSucceeded(RefundablePayment payment, Refund refund) implements RefundEffect {}

  /** The refund is not owed any more: its tickets and those who bore it get it back. */
  record GiveBack(RefundablePayment payment, Refund refund) implements RefundEffect {}

  /**
   * A break is opened, because a person has to help the refund.
   *
   * @param stripeId under what; the attempt at Stripe, if it has come to one
   */
  record OpenBreak(Refund refund, String stripeId) implements RefundEffect {}

  /** The refund's breaks are resolved: nobody has to help it any more. */
  record ResolveBreaks(Refund refund) implements RefundEffect {}

  /**
   * A movement of Stripe's balance is booked.
   *
   * @param owed what leaves (positive) or comes back to (negative) what is owed
   */
  record Book(UUID paymentId, UUID refundId, StripeBalanceTransaction transaction, Money owed)
      implements RefundEffect {}

  /**
   * A movement of Stripe's balance is booked to suspense, with a break: its refund is not known.
   */
  record BookUnexplained(StripeBalanceTransaction transaction) implements RefundEffect {}
}
