package io.cpdevents.billing.charges;

import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.payments.PaidRegistration;
import io.cpdevents.platform.money.Money;
import java.util.UUID;

/**
 * A charge, under its row lock, that was made for a payment which did not want it: its money stands
 * in suspense until it has gone back.
 *
 * @param id Stripe's
 * @param paymentId the payment that it was made for, locked as well
 * @param objection why the payment did not want it: the kind of its break
 * @param returned what is owed back or has gone back of the amount
 */
public record QuarantinedCharge(
    String id,
    UUID paymentId,
    PaidRegistration registration,
    String paymentIntentId,
    BreakKind objection,
    Money amount,
    Money returned) {

  /** What could still go back. */
  public Money left() {
    return amount.minus(returned);
  }

  /** The same after this has gone back, too; negative: it has not. */
  public QuarantinedCharge withReturned(Money more) {
    return new QuarantinedCharge(
        id, paymentId, registration, paymentIntentId, objection, amount, returned.plus(more));
  }
}
