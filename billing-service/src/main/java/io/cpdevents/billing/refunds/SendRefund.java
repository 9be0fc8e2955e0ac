package io.cpdevents.billing.refunds;

import io.cpdevents.billing.customers.CustomerAddresses;
import io.cpdevents.billing.settlements.SettleUnknown;
import io.cpdevents.billing.settlements.SettlementKind;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeApi.RefundRequest;
import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends the current attempt of a refund to Stripe. An attempt that may have been sent before is
 * looked up first, then repeated with the same key: so its outcome becomes known, and the money is
 * returned once. When Stripe refuses, somebody may have made a refund in Stripe's dashboard before:
 * every refund of the payment is read before this one counts as refused.
 */
@Component
public class SendRefund {

  /** While the payment is disputed nothing of it can be refunded; its end is looked for again. */
  private static final Duration DELAY_WHILE_DISPUTED = Duration.ofHours(1);

  /**
   * An attempt that is to be sent.
   *
   * @param repeated whether one of the refund may have been sent before
   * @param begunAt what was sent before that is what the look-up looks for
   */
  private record Sending(Refund refund, boolean repeated, RefundSource source, Instant begunAt) {}

  private final LockRefundFacts lockFacts;
  private final Refunds refunds;
  private final ApplyRefund apply;
  private final FailRefundAttempt failAttempt;
  private final SettleRefundsOfPayment settleRefundsOfPayment;
  private final SettleUnknown settleUnknown;
  private final CustomerAddresses addresses;
  private final StripeApi stripe;
  private final TransactionTemplate transaction;
  private final Clock clock;

  SendRefund(
      LockRefundFacts lockFacts,
      Refunds refunds,
      ApplyRefund apply,
      FailRefundAttempt failAttempt,
      SettleRefundsOfPayment settleRefundsOfPayment,
      SettleUnknown settleUnknown,
      CustomerAddresses addresses,
      StripeApi stripe,
      TransactionTemplate transaction,
      Clock clock) {
    this.lockFacts = lockFacts;
    this.refunds = refunds;
    this.apply = apply;
    this.failAttempt = failAttempt;
    this.settleRefundsOfPayment = settleRefundsOfPayment;
    this.settleUnknown = settleUnknown;
    this.addresses = addresses;
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
    if (sending.repeated()) {
      settleUnknown.handle(
          new SettleUnknown.Command(
              SettlementKind.REFUND, refundId.toString(), () -> goOn(sending)));
    } else {
      goOn(sending);
    }
  }

  private void goOn(Sending sending) {
    if (!sending.repeated()) {
      if (!sending.source().isDisputed()) {
        send(sending);
      }
      return;
    }
    Optional<StripeRefund> known = lookUp(sending);
    if (known.isPresent()) {
      apply.handle(new ApplyRefund.Command(known.get(), true));
    } else if (!sending.source().isDisputed()) {
      transaction.execute(_ -> again(sending)).ifPresent(this::send);
    }
  }

  private void send(Sending sending) {
    Refund refund = sending.refund();
    try {
      apply.handle(new ApplyRefund.Command(create(sending), true));
    } catch (StripeRefused refused) {
      settleRefundsOfPayment.handle(sending.source().paymentIntentId());
      failAttempt.handle(
          new FailRefundAttempt.Command(
              refund.id(), refund.current().number(), String.valueOf(refused.code())));
    }
  }

  private Optional<Sending> begin(UUID refundId) {
    RefundFacts facts = lockFacts.ofRefund(refundId);
    Refund refund = facts.refund(refundId).orElseThrow();
    if (refund.status() != RefundStatus.REQUESTED) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    boolean repeated = refund.progress().attempts().stream().anyMatch(RefundAttempt::isUnanswered);
    Refund begun = refund;
    if (facts.source().isDisputed()) {
      begun = refund.postponed(now.plus(DELAY_WHILE_DISPUTED));
    } else if (!repeated) {
      begun = refund.sent(now);
    }
    save(begun);
    if (!repeated) {
      keepAddress(begun, facts.source());
    }
    return Optional.of(new Sending(begun, repeated, facts.source(), now));
  }

  /**
   * The same again, unless something has happened since it was looked up.
   *
   * @throws StripeUnavailable when one that was sent before may have been under way during the
   *     look-up
   */
  private Optional<Sending> again(Sending sending) {
    RefundFacts facts = lockFacts.ofRefund(sending.refund().id());
    Refund refund = facts.refund(sending.refund().id()).orElseThrow();
    if (refund.status() != RefundStatus.REQUESTED
        || facts.source().isDisputed()
        || !refund.current().equals(sending.refund().current())) {
      return Optional.empty();
    }
    Refund next =
        refund
            .sentAgain(sending.begunAt(), clock.instant())
            .orElseThrow(
                () -> new StripeUnavailable("create refund, which may still be under way", null));
    save(next);
    keepAddress(next, facts.source());
    return Optional.of(new Sending(next, true, facts.source(), sending.begunAt()));
  }

  private void save(Refund refund) {
    refunds.save(refund, clock.instant().plus(AskAboutUnsettledRefunds.INTERVALS.first()));
  }

  /** Of an attempt that is sent for the first time: what is sent again has to say the same. */
  private void keepAddress(Refund refund, RefundSource source) {
    RefundAttempt current = refund.current();
    if (current.sentAt() != null && current.sentAt().equals(current.lastSentAt())) {
      addresses
          .find(source.registration().accountId())
          .ifPresent(
              address -> refunds.keepInstructionsEmail(refund.id(), current.number(), address));
    }
  }

  private StripeRefund create(Sending sending) {
    Refund refund = sending.refund();
    return stripe.createRefund(
        new RefundRequest(
            refund.id(),
            refund.paymentId(),
            refund.current().number(),
            sending.source().paymentIntentId(),
            refund.amount().amountMinor(),
            refunds.instructionsEmail(refund.id(), refund.current().number()).orElse(null),
            refund.idempotencyKey(refund.current())));
  }

  /** One that was sent before and whose answer we have not seen. */
  private Optional<StripeRefund> lookUp(Sending sending) {
    return stripe.refundsOf(sending.source().paymentIntentId()).stream()
        .filter(found -> sending.refund().id().equals(found.refundId()))
        .filter(found ->
            sending
                .refund()
                .attempt(found.attempt())
                .filter(RefundAttempt::isUnanswered)
                .isPresent())
        .findFirst()
        .map(found -> stripe.refund(found.id()));
  }
}
