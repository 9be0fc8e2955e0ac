package io.cpdevents.billing.refunds;

import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One thing that a decision about a refund asks to be done, in the same transaction. */
sealed interface RefundEffect {

  /** A new obligation: saved, taken from what is left of its tickets, booked and told. */
  record Accept(RefundSource source, Refund refund) implements RefundEffect {}

  /** A request is kept until nothing of the payment is disputed. */
  record Wait(RefundSource source, AcceptRefund.Command request) implements RefundEffect {}

  /**
   * The buyer has in another way what was asked for: it is owed again when that comes to nothing.
   */
  record OweAgain(RefundSource source, OwedAgain.Owed owed) implements RefundEffect {}

  /** A refund was called off: nothing that the buyer had in place of a part of it is owed again. */
  record ForgetRest(Refund refund) implements RefundEffect {}

  /** The current attempt is sent to Stripe after the commit. */
  record Send(UUID refundId) implements RefundEffect {}

  /** Nobody has to look at what a dispute has moved of a charge that its payment did not want. */
  record ResolveDispute(List<String> transactionIds) implements RefundEffect {}

  /** What has changed about the refund is saved. */
  record Save(Refund refund) implements RefundEffect {}

  /**
   * Less is owed: the difference goes back to the tickets and to those who bore it.
   *
   * @param before the refund as it was
   * @param after the same with less
   * @param overtakenBy the refund at Stripe, or the movement of a dispute, by which the buyer has
   *     the difference
   */
  record Reduce(RefundSource source, Refund before, Refund after, String overtakenBy)
      implements RefundEffect {}

  /** The other services are told that the money has gone back. */
  record TellSucceeded(RefundSource source, Refund refund) implements RefundEffect {}

  /**
   * The other services are told that an attempt has failed.
   *
   * @param refund after that
   * @param failureReason Stripe's; null when it says none
   * @param afterSuccess whether the refund counted as done
   */
  record TellFailed(
      RefundSource source, Refund refund, @Nullable String failureReason, boolean afterSuccess)
      implements RefundEffect {}

  /**
   * The other services are told that nothing goes back by a refund after all.
   *
   * @param amount what was asked for
   */
  record TellCancelled(RefundSource source, UUID refundId, Money amount, RefundCause cause)
      implements RefundEffect {}

  /** The refund is not owed any more: its tickets and those who bore it get it back. */
  record GiveBack(RefundSource source, Refund refund) implements RefundEffect {}

  /**
   * A break is opened, because a person has to help the refund.
   *
   * @param stripeId under what; the attempt at Stripe, if it has come to one
   */
  record OpenBreak(Refund refund, String stripeId) implements RefundEffect {}

  /** The refund's breaks are resolved: nobody has to help it any more. */
  record ResolveBreaks(Refund refund) implements RefundEffect {}

  /**
   * What is left of a charge that the payment did not want is there again, and people have to say
   * whose it is.
   *
   * @param bookedAt when Stripe booked what came back, or when a refund of it was called off
   */
  record OpenObjection(
      BreakKind kind, String chargeId, UUID paymentId, Money left, Instant bookedAt)
      implements RefundEffect {}

  /** All money of a charge that the payment did not want has gone back: its break is resolved. */
  record ResolveObjection(BreakKind kind, String chargeId) implements RefundEffect {}

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

  /**
   * A refund at Stripe that came to nothing is booked: what it took and what its failure gave back
   * cancel out, so nobody has to look at it.
   */
  record BookWithoutTrace(
      UUID paymentId, StripeBalanceTransaction taken, StripeBalanceTransaction returned)
      implements RefundEffect {}
}
