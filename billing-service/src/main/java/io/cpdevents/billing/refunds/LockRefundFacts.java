package io.cpdevents.billing.refunds;

import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.BreakQueries;
import io.cpdevents.billing.payments.RefundablePayments;
import io.cpdevents.billing.payments.RefundablePayments.RefundablePayment;
import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.platform.error.RuleViolation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Locks a payment and reads the {@link RefundFacts} about it. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class LockRefundFacts {

  private final RefundablePayments payments;
  private final Refunds refunds;
  private final BreakQueries breaks;

  LockRefundFacts(RefundablePayments payments, Refunds refunds, BreakQueries breaks) {
    this.payments = payments;
    this.refunds = refunds;
    this.breaks = breaks;
  }

  /**
   * Locks this payment.
   *
   * @throws RuleViolation 404 {@code payment-not-found}, 409 {@code payment-not-captured}
   */
  RefundFacts ofPayment(UUID paymentId) {
    return facts(payments.lock(paymentId));
  }

  /** Locks the payment of this refund. */
  RefundFacts ofRefund(UUID refundId) {
    return ofPayment(refunds.paymentOf(refundId).orElseThrow());
  }

  /** Locks the payment that a refund at Stripe is about; empty when we know none. */
  Optional<RefundFacts> of(StripeRefund stripeRefund) {
    Optional<UUID> paymentId =
        Optional.ofNullable(stripeRefund.refundId()).flatMap(refunds::paymentOf);
    if (paymentId.isPresent()) {
      return Optional.of(ofPayment(paymentId.get()));
    }
    return Optional.ofNullable(stripeRefund.paymentIntentId())
        .flatMap(payments::lockByPaymentIntent)
        .map(this::facts);
  }

  private RefundFacts facts(RefundablePayment payment) {
    List<Refund> all = refunds.ofPayment(payment.id());
    Set<UUID> waitingForPerson =
        all.stream()
            .filter(Refund::needsPerson)
            .filter(refund -> breaks.isOpen(BreakKind.REFUND_OWED, refund.breakIds()))
            .map(Refund::id)
            .collect(Collectors.toUnmodifiableSet());
    return new RefundFacts(payment, all, waitingForPerson);
  }
}
