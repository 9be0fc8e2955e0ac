package io.cpdevents.billing.payments;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What refunds and disputes need of payments: one under its row lock, what is left of it, and ways
 * to take from it and to give back to it.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class RefundablePayments {

  private final Payments payments;

  RefundablePayments(Payments payments) {
    this.payments = payments;
  }

  /**
   * Locks a captured payment.
   *
   * @throws RuleViolation 404 {@code payment-not-found}, 409 {@code not-captured}
   */
  public RefundablePayment lock(UUID id) {
    Payment payment =
        payments.lock(id).orElseThrow(() -> BillingProblem.PAYMENT_NOT_FOUND.violation());
    if (payment.status() != PaymentStatus.CAPTURED) {
      throw BillingProblem.NOT_CAPTURED.violation();
    }
    return refundable(payment);
  }

  /** Locks the payment that this payment intent was captured for, if there is one. */
  public Optional<RefundablePayment> lockByPaymentIntent(String paymentIntentId) {
    return payments
        .lockByPaymentIntent(paymentIntentId)
        .filter(payment -> payment.status() == PaymentStatus.CAPTURED)
        .map(this::refundable);
  }

  /** Takes a refund from what is left of its tickets. */
  public void takeRefunded(UUID paymentId, TicketShares shares, Instant now) {
    payments.addRefunded(paymentId, shares.tickets());
    payments.markReturning(paymentId, now);
  }

  /** Gives a refund that is not owed any more back to its tickets. */
  public void giveBackRefunded(UUID paymentId, TicketShares shares, Instant now) {
    payments.addRefunded(paymentId, shares.tickets().stream().map(TicketShare::negate).toList());
    payments.markReturning(paymentId, now);
  }

  /** Takes what a dispute has taken from what is left of its tickets. */
  public void takeDisputed(UUID paymentId, TicketShares shares, Instant now) {
    payments.addDisputed(paymentId, shares.tickets());
    payments.markReturning(paymentId, now);
  }

  /** Gives what a dispute has taken back to its tickets. */
  public void giveBackDisputed(UUID paymentId, TicketShares shares, Instant now) {
    payments.addDisputed(paymentId, shares.tickets().stream().map(TicketShare::negate).toList());
    payments.markReturning(paymentId, now);
  }

  /** A refund was asked for, and waits until nothing of the payment is disputed. */
  public void awaitRefund(UUID paymentId, Instant now) {
    payments.markWaiting(paymentId, now);
  }

  /** One more dispute that has taken money is open. */
  public void beginDispute(UUID paymentId) {
    payments.countOpenDisputes(paymentId, 1);
  }

  /** One dispute less that has taken money is open. */
  public void endDispute(UUID paymentId) {
    payments.countOpenDisputes(paymentId, -1);
  }

  private RefundablePayment refundable(Payment payment) {
    return new RefundablePayment(
        payment.id(),
        payment.registration(),
        payment.captured(),
        payment.fee().refundable(),
        Objects.requireNonNull(payment.progress().paymentIntentId()),
        payments.hasOpenDisputes(payment.id()),
        payments.lines(payment.id(), payment.amount().currency()));
  }
}
