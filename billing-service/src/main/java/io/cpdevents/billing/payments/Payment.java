package io.cpdevents.billing.payments;

import io.cpdevents.billing.plans.FeeRule;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.state.Outcome;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a registration's buyer owes, and what became of it. Pure: it decides.
 *
 * @param fee the platform's, out of the amount
 * @param paymentIntentId of the money that was captured or is under way
 * @param registrationEndedAt null while the registration waits for the money
 */
record Payment(
    UUID id,
    UUID registrationId,
    UUID accountId,
    UUID organizationId,
    UUID eventId,
    String eventTitle,
    PaymentStatus status,
    Money amount,
    FeeRule feeRule,
    Money fee,
    @Nullable String paymentIntentId,
    Instant holdExpiresAt,
    @Nullable Instant registrationEndedAt,
    Instant createdAt) {

  /** What to do with money that Stripe has taken for a payment. */
  enum Verdict {
    ACCEPTED,
    DUPLICATE_CAPTURE,
    WRONG_AMOUNT,
    WRONG_CURRENCY
  }

  /** Judges money; counts only when its charge has not been noted before. */
  Verdict judge(Money received) {
    if (status == PaymentStatus.CAPTURED) {
      return Verdict.DUPLICATE_CAPTURE;
    }
    if (!received.currency().equals(amount.currency())) {
      return Verdict.WRONG_CURRENCY;
    }
    return received.equals(amount) ? Verdict.ACCEPTED : Verdict.WRONG_AMOUNT;
  }

  /** The state after a trigger. */
  PaymentStatus on(PaymentTrigger trigger) {
    if (status == PaymentStatus.PROCESSING && trigger == PaymentTrigger.ATTEMPT_FAILED) {
      PaymentStatus chosen =
          registrationEndedAt == null ? PaymentStatus.AWAITING_PAYMENT : PaymentStatus.CANCELLED;
      return PaymentStatus.TRANSITIONS.next(status, trigger, chosen).to();
    }
    return switch (PaymentStatus.TRANSITIONS.next(status, trigger)) {
      case Outcome.Changed<PaymentStatus> changed -> changed.to();
      case Outcome.Ignored<PaymentStatus> _ -> status;
    };
  }

  /**
   * Refuses a checkout of what cannot or need not be paid any more.
   *
   * @throws RuleViolation 409 {@code payment-captured}, {@code payment-processing}, {@code
   *     payment-cancelled} or {@code hold-expired}
   */
  void requirePayable(Instant now) {
    switch (status) {
      case CAPTURED ->
          throw RuleViolation.conflict("payment-captured", "The registration is paid already.");
      case PROCESSING ->
          throw RuleViolation.conflict("payment-processing", "The bank is handling the payment.");
      case CANCELLED ->
          throw RuleViolation.conflict(
              "payment-cancelled", "The registration has ended and cannot be paid any more.");
      case AWAITING_PAYMENT -> {
        if (!now.isBefore(holdExpiresAt)) {
          throw RuleViolation.conflict("hold-expired", "The places are not held any more.");
        }
      }
    }
  }
}
