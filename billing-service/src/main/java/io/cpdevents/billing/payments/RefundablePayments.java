package io.cpdevents.billing.payments;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What refunds need of payments: one under its row lock, what is left of it, and a way to take it.
 */
@Component
public class RefundablePayments {

  /**
   * A captured payment under its row lock.
   *
   * @param feeRefundable whether the platform gives its share of the fee back with a refund
   * @param paymentIntentId where the money came from
   */
  public record RefundablePayment(
      UUID id,
      PaidRegistration registration,
      Money captured,
      boolean feeRefundable,
      String paymentIntentId,
      List<PaymentLine> lines) {

    /** Captured, less all that is owed back or has gone back. */
    public Money refundable() {
      return lines.stream()
          .map(PaymentLine::left)
          .reduce(Money.zero(captured.currency()), Money::plus);
    }
  }

  private final Payments payments;

  RefundablePayments(Payments payments) {
    this.payments = payments;
  }

  /**
   * Locks a captured payment.
   *
   * @throws RuleViolation 404 {@code payment-not-found}, 409 {@code payment-not-captured}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public RefundablePayment lock(UUID id) {
    Payment payment =
        payments.lock(id).orElseThrow(() -> BillingProblem.PAYMENT_NOT_FOUND.violation());
    if (payment.status() != PaymentStatus.CAPTURED) {
      throw BillingProblem.PAYMENT_NOT_CAPTURED.violation();
    }
    return refundable(payment);
  }

  /** Whether a payment has been captured by this payment intent, as far as we know. */
  public boolean isCaptured(String paymentIntentId) {
    return payments.isCaptured(paymentIntentId);
  }

  /** Locks the payment that this payment intent was captured for, if there is one. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<RefundablePayment> lockByPaymentIntent(String paymentIntentId) {
    return payments
        .lockByPaymentIntent(paymentIntentId)
        .filter(payment -> payment.status() == PaymentStatus.CAPTURED)
        .map(this::refundable);
  }

  /** Takes a refund from what is left of its tickets. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void take(UUID paymentId, List<TicketShare> shares) {
    payments.addRefunded(paymentId, shares);
  }

  /** Gives a refund that is not owed any more back to its tickets. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void giveBack(UUID paymentId, List<TicketShare> shares) {
    payments.addRefunded(
        paymentId,
        shares.stream()
            .map(share ->
                new TicketShare(share.ticketId(), share.amount().negate(), share.fee().negate()))
            .toList());
  }

  private RefundablePayment refundable(Payment payment) {
    return new RefundablePayment(
        payment.id(),
        payment.registration(),
        payment.captured(),
        payment.fee().refundable(),
        Objects.requireNonNull(payment.progress().paymentIntentId()),
        payments.lines(payment.id(), payment.amount().currency()));
  }
}
