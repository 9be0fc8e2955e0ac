package io.cpdevents.billing.charges;

import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.payments.PaidRegistration;
import io.cpdevents.platform.money.Money;
import java.util.UUID;

/**
 * A charge, under its row lock, that was made for a payment which did not want it: its money stands
 * in suspense until it has gone back, or people have said what it is.
 *
 * @param id Stripe's
 * @param paymentId the payment that it was made for, locked as well
 * @param objection why the payment did not want it: the kind of its break
 * @param returned what is owed back or has gone back of the amount by refunds, or was posted
 *     elsewhere by people
 * @param disputed what open and lost disputes have taken of it
 * @param isTakenInOtherCurrency whether one of them has taken money in another currency: nobody
 *     knows the rate, so nothing of the charge goes back by itself, and people say what it was
 * @param isDisputed whether a dispute has taken money and is not decided: nothing can be refunded
 */
public record QuarantinedCharge(
    String id,
    UUID paymentId,
    PaidRegistration registration,
    String paymentIntentId,
    BreakKind objection,
    Money amount,
    Money returned,
    Money disputed,
    boolean isTakenInOtherCurrency,
    boolean isDisputed) {

  /**
   * What of it stands in suspense and is not owed back; below zero: disputes have taken as much of
   * what was not there any more.
   */
  public Money inSuspense() {
    return amount.minus(returned).minus(disputed);
  }

  /** What could still go back. */
  public Money left() {
    Money rest = amount.minus(returned).minus(taken());
    return rest.isNegative() ? Money.zero(amount.currency()) : rest;
  }

  /**
   * What refunds and disputes have taken beyond the amount; nothing when it is no more than that.
   */
  public Money overdrawn() {
    Money beyond = returned.plus(taken()).minus(amount);
    return beyond.isNegative() ? Money.zero(amount.currency()) : beyond;
  }

  private Money taken() {
    return isTakenInOtherCurrency ? amount : disputed;
  }

  /** The same after this has gone back, too; negative: it has not. */
  public QuarantinedCharge withReturned(Money more) {
    return new QuarantinedCharge(
        id,
        paymentId,
        registration,
        paymentIntentId,
        objection,
        amount,
        returned.plus(more),
        disputed,
        isTakenInOtherCurrency,
        isDisputed);
  }
}
