package io.cpdevents.billing.disputes;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.billing.payments.RefundablePayments;
import io.cpdevents.platform.error.RuleViolation;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Locks a payment and reads the {@link DisputeFacts} about a dispute of it. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class LockDisputeFacts {

  private final RefundablePayments payments;
  private final Disputes disputes;

  LockDisputeFacts(RefundablePayments payments, Disputes disputes) {
    this.payments = payments;
    this.disputes = disputes;
  }

  /**
   * Locks the payment that was captured by a payment intent; empty when there is none.
   *
   * @param stripeDisputeId the dispute that it is about, known or not
   */
  Optional<DisputeFacts> of(String paymentIntentId, String stripeDisputeId) {
    return payments
        .lockByPaymentIntent(paymentIntentId)
        .map(payment ->
            new DisputeFacts(payment, disputes.findByStripeId(stripeDisputeId).orElse(null)));
  }

  /**
   * Locks the payment of a known dispute.
   *
   * @throws RuleViolation 404 {@code dispute-not-found}
   */
  DisputeFacts of(UUID disputeId) {
    UUID paymentId =
        disputes
            .paymentOf(disputeId)
            .orElseThrow(() -> BillingProblem.DISPUTE_NOT_FOUND.violation());
    RefundablePayment payment = payments.lock(paymentId);
    return new DisputeFacts(payment, disputes.find(disputeId).orElseThrow());
  }
}
