package io.cpdevents.billing.payments;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What refunds need of payments: a locked row, what is left of it, and a way to take from that. */
@Component
public class RefundablePayments {

  /**
   * A captured payment under its row lock.
   *
   * @param paymentIntentId where the money came from
   */
  public record RefundablePayment(
      UUID id,
      UUID registrationId,
      UUID accountId,
      UUID organizationId,
      UUID eventId,
      Money captured,
      String paymentIntentId,
      List<PaymentLine> lines) {

    /** Captured, less all that has been promised or given back. */
    public Money refundable() {
      return lines.stream()
          .map(line -> line.total().minus(line.refunded()))
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
        payments.lock(id).orElseThrow(() -> RuleViolation.notFound("payment-not-found"));
    if (payment.status() != PaymentStatus.CAPTURED) {
      throw RuleViolation.conflict("payment-not-captured", "There is nothing to give back.");
    }
    return refundable(payment);
  }

  /** Whether a payment has been captured by this payment intent, as far as we know. */
  @Transactional(readOnly = true)
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

  /**
   * Takes from what is left of a ticket, or gives back to it.
   *
   * @param amount negative to give back
   * @param fee the platform's part of it, of the same sign
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void take(UUID paymentId, UUID ticketId, Money amount, Money fee) {
    payments.addRefunded(paymentId, ticketId, amount.amountMinor(), fee.amountMinor());
  }

  private RefundablePayment refundable(Payment payment) {
    return new RefundablePayment(
        payment.id(),
        payment.registrationId(),
        payment.accountId(),
        payment.organizationId(),
        payment.eventId(),
        payment.amount(),
        Objects.requireNonNull(payment.paymentIntentId()),
        payments.lines(payment.id(), payment.amount().currency()));
  }
}
