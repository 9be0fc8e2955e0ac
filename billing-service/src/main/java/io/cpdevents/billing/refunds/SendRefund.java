package io.cpdevents.billing.refunds;

import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeApi.RefundRequest;
import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
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

  /**
   * An attempt that is to be sent.
   *
   * @param repeated whether it may have been sent before
   */
  private record Sending(Refund refund, boolean repeated, String paymentIntentId) {}

  private final LockRefundFacts lockFacts;
  private final Refunds refunds;
  private final ApplyRefund apply;
  private final FailRefundAttempt failAttempt;
  private final SettleRefundsOfPayment settleRefundsOfPayment;
  private final StripeApi stripe;
  private final TransactionTemplate transaction;
  private final Clock clock;

  SendRefund(
      LockRefundFacts lockFacts,
      Refunds refunds,
      ApplyRefund apply,
      FailRefundAttempt failAttempt,
      SettleRefundsOfPayment settleRefundsOfPayment,
      StripeApi stripe,
      TransactionTemplate transaction,
      Clock clock) {
    this.lockFacts = lockFacts;
    this.refunds = refunds;
    this.apply = apply;
    this.failAttempt = failAttempt;
    this.settleRefundsOfPayment = settleRefundsOfPayment;
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
    Sending sending = transaction.execute(_ -> begin(refundId).orElse(null));
    if (sending == null) {
      return;
    }
    RefundAttempt attempt = sending.refund().current();
    try {
      Optional<StripeRefund> known = sending.repeated() ? lookUp(sending) : Optional.empty();
      apply.handle(known.isPresent() ? known.get() : create(sending));
    } catch (StripeRefused refused) {
      settleRefundsOfPayment.handle(sending.paymentIntentId());
      failAttempt.handle(
          new FailRefundAttempt.Command(
              refundId, attempt.number(), String.valueOf(refused.code())));
    }
  }

  private Optional<Sending> begin(UUID refundId) {
    RefundFacts facts = lockFacts.ofRefund(refundId);
    Refund refund = facts.refund(refundId).orElseThrow();
    if (refund.status() != RefundStatus.REQUESTED) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Refund sent = refund.sent(now);
    refunds.save(sent, now.plus(AskAboutUnsettledRefunds.INTERVALS.first()));
    return Optional.of(
        new Sending(sent, refund.current().wasSent(), facts.payment().paymentIntentId()));
  }

  private StripeRefund create(Sending sending) {
    Refund refund = sending.refund();
    return stripe.createRefund(
        new RefundRequest(
            refund.id(),
            refund.paymentId(),
            refund.current().number(),
            sending.paymentIntentId(),
            refund.amount().amountMinor(),
            refund.idempotencyKey(refund.current())));
  }

  private Optional<StripeRefund> lookUp(Sending sending) {
    List<StripeRefund> atStripe = stripe.refundsOf(sending.paymentIntentId());
    return atStripe.stream()
        .filter(found ->
            sending.refund().id().equals(found.refundId())
                && found.attempt() == sending.refund().current().number())
        .findFirst()
        .map(found -> stripe.refund(found.id()));
  }
}
