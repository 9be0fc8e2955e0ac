package io.cpdevents.billing.refunds;

import io.cpdevents.billing.payments.RefundablePayments;
import io.cpdevents.billing.payments.RefundablePayments.RefundablePayment;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeApi.RefundRequest;
import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.billing.stripe.StripeRefused;
import io.cpdevents.billing.stripe.StripeUnavailable;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The current attempt of a refund goes to Stripe. One that may have been sent before is looked up
 * first, then repeated under the same key: so its outcome becomes known, and the money goes once.
 * When Stripe refuses, somebody may have been faster in its dashboard: every refund of the payment
 * is taken over before this one counts as refused.
 */
@Component
public class SendRefund {

  private record Sending(Refund refund, RefundAttempt attempt, String paymentIntentId) {}

  private final RefundablePayments payments;
  private final Refunds refunds;
  private final ApplyRefund apply;
  private final SettleRefund settleRefund;
  private final StripeApi stripe;
  private final TransactionTemplate transaction;
  private final Clock clock;

  SendRefund(
      RefundablePayments payments,
      Refunds refunds,
      ApplyRefund apply,
      SettleRefund settleRefund,
      StripeApi stripe,
      TransactionTemplate transaction,
      Clock clock) {
    this.payments = payments;
    this.refunds = refunds;
    this.apply = apply;
    this.settleRefund = settleRefund;
    this.stripe = stripe;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Sends it, unless its answer is known.
   *
   * @throws StripeUnavailable when it has to be tried again
   */
  public void handle(UUID refundId) {
    Optional<Sending> sending =
        Optional.ofNullable(transaction.execute(status -> begin(refundId).orElse(null)));
    if (sending.isEmpty()) {
      return;
    }
    RefundAttempt attempt = sending.get().attempt();
    try {
      Optional<StripeRefund> known = attempt.sent() ? lookUp(sending.get()) : Optional.empty();
      apply.handle(known.isPresent() ? known.get() : create(sending.get()));
    } catch (StripeRefused refused) {
      settleRefund.handleAllOf(sending.get().paymentIntentId());
      apply.refuse(refundId, attempt.attempt(), String.valueOf(refused.code()));
    }
  }

  private Optional<Sending> begin(UUID refundId) {
    UUID paymentId = refunds.find(refundId).orElseThrow().paymentId();
    RefundablePayment payment = payments.lock(paymentId);
    Refund refund = refunds.find(refundId).orElseThrow();
    if (refund.status() != RefundStatus.REQUESTED) {
      return Optional.empty();
    }
    RefundAttempt attempt = refunds.attempt(refundId, refund.attempt()).orElseThrow();
    refunds.send(attempt, clock.instant());
    return Optional.of(new Sending(refund, attempt, payment.paymentIntentId()));
  }

  private StripeRefund create(Sending sending) {
    return stripe.createRefund(
        new RefundRequest(
            sending.refund().id(),
            sending.refund().paymentId(),
            sending.attempt().attempt(),
            sending.paymentIntentId(),
            sending.refund().amount().amountMinor(),
            sending.attempt().idempotencyKey()));
  }

  private Optional<StripeRefund> lookUp(Sending sending) {
    return stripe.refundsOf(sending.paymentIntentId()).stream()
        .filter(found ->
            sending.refund().id().equals(found.refundId())
                && found.attempt() == sending.attempt().attempt())
        .findFirst()
        .map(found -> stripe.refund(found.id()));
  }
}
