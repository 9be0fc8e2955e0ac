package io.cpdevents.billing.payments;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.contracts.billing.PaymentEvent;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCancelled;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentFailed;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentProcessing;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the buyer of a registration owes, and what became of it. Pure: it decides, and its
 * repository saves what it answers.
 *
 * @param progress what changes; everything else is fixed when the payment is opened
 */
public record Payment(
    UUID id,
    PaidRegistration registration,
    Money amount,
    PlatformFee fee,
    Instant createdAt,
    Progress progress) {

  /** Whether money that Stripe has taken for a payment is accepted, and why not. */
  public enum Verdict {
    ACCEPTED,
    /** The payment has been captured before. */
    DUPLICATE_CAPTURE,
    WRONG_AMOUNT,
    WRONG_CURRENCY
  }

  /**
   * How far a payment has come.
   *
   * @param paymentIntentId of the money that was captured or is under way
   * @param registrationEndedAt null while the registration waits for the money
   * @param nextCheckAt when Stripe is asked about the money that is under way
   */
  record Progress(
      PaymentStatus status,
      @Nullable String paymentIntentId,
      @Nullable Instant registrationEndedAt,
      @Nullable Instant capturedAt,
      @Nullable Instant cancelledAt,
      @Nullable Instant nextCheckAt) {

    private static final Progress NONE =
        new Progress(PaymentStatus.AWAITING_PAYMENT, null, null, null, null, null);
  }

  /**
   * A payment after a change.
   *
   * @param events what it tells the other services, in this order
   */
  record Change(Payment payment, List<PaymentEvent> events) {}

  /** A payment that waits for its money. */
  static Payment awaiting(
      UUID id, PaidRegistration registration, Money amount, PlatformFee fee, Instant now) {
    return new Payment(id, registration, amount, fee, now, Progress.NONE);
  }

  /** Where it stands. */
  public PaymentStatus status() {
    return progress.status();
  }

  /** What has been captured of it: all or nothing. */
  Money captured() {
    return switch (status()) {
      case CAPTURED -> amount;
      case AWAITING_PAYMENT, PROCESSING, CANCELLED -> Money.zero(amount.currency());
    };
  }

  /** Judges money whose charge has not been recorded before. */
  public Verdict judge(Money received) {
    if (status() == PaymentStatus.CAPTURED) {
      return Verdict.DUPLICATE_CAPTURE;
    }
    if (!received.currency().equals(amount.currency())) {
      return Verdict.WRONG_CURRENCY;
    }
    return received.equals(amount) ? Verdict.ACCEPTED : Verdict.WRONG_AMOUNT;
  }

  /**
   * Refuses a checkout of what cannot or need not be paid any more.
   *
   * @throws RuleViolation 409 {@code payment-captured}, {@code payment-processing}, {@code
   *     payment-cancelled} or {@code hold-expired}
   */
  public void requirePayable(Instant now) {
    switch (status()) {
      case CAPTURED -> throw BillingProblem.PAYMENT_CAPTURED.violation();
      case PROCESSING -> throw BillingProblem.PAYMENT_PROCESSING.violation();
      case CANCELLED -> throw BillingProblem.PAYMENT_CANCELLED.violation();
      case AWAITING_PAYMENT -> {
        if (!now.isBefore(registration.holdExpiresAt())) {
          throw BillingProblem.HOLD_EXPIRED.violation();
        }
      }
    }
  }

  /** Captures the payment with money that was accepted, see {@link #judge}. */
  Change captured(String paymentIntentId, Instant at) {
    return switch (PaymentStatus.TRANSITIONS.next(status(), PaymentTrigger.MONEY_CAPTURED)) {
      case Changed<PaymentStatus>(PaymentStatus to, _) ->
          new Change(
              with(
                  new Progress(
                      to,
                      paymentIntentId,
                      progress.registrationEndedAt(),
                      at,
                      progress.cancelledAt(),
                      null)),
              List.of(
                  new PaymentCaptured(
                      id,
                      registration.id(),
                      registration.accountId(),
                      registration.eventId(),
                      registration.organizationId(),
                      amount.toAmount(),
                      fee.amount().toAmount(),
                      at)));
      case Ignored<PaymentStatus>(String reason) ->
          throw new IllegalStateException("payment %s: %s".formatted(id, reason));
    };
  }

  /**
   * The buyer has authorised the payment, and the bank takes its time. Empty when that is known, or
   * too late to matter.
   *
   * @param nextCheckAt when Stripe is asked what has become of it
   */
  Optional<Change> started(String paymentIntentId, Instant at, Instant nextCheckAt) {
    return switch (PaymentStatus.TRANSITIONS.next(status(), PaymentTrigger.PAYMENT_STARTED)) {
      case Changed<PaymentStatus>(PaymentStatus to, _) ->
          Optional.of(
              new Change(
                  with(
                      new Progress(
                          to,
                          paymentIntentId,
                          progress.registrationEndedAt(),
                          null,
                          progress.cancelledAt(),
                          nextCheckAt)),
                  List.of(new PaymentProcessing(id, registration.id(), at))));
      case Ignored<PaymentStatus> _ -> Optional.empty();
    };
  }

  /**
   * A try was declined or given up. Empty when that changes nothing: it is late, or it was not the
   * try that is under way.
   */
  Optional<Change> attemptFailed(String paymentIntentId, FailedAttempt attempt, Instant at) {
    return switch (PaymentStatus.TRANSITIONS.next(status(), failureOf(paymentIntentId))) {
      case Changed<PaymentStatus>(PaymentStatus to, _) ->
          Optional.of(
              to == PaymentStatus.CANCELLED
                  ? givenUp(to, attempt, at)
                  : awaitedAgain(to, attempt, at));
      case Ignored<PaymentStatus> _ -> Optional.empty();
    };
  }

  /** The registration has ended: a failure of the bank leaves nothing to wait for. */
  Payment withRegistrationEnded(Instant at) {
    if (progress.registrationEndedAt() != null) {
      return this;
    }
    return with(
        new Progress(
            status(),
            progress.paymentIntentId(),
            at,
            progress.capturedAt(),
            progress.cancelledAt(),
            progress.nextCheckAt()));
  }

  /** The hold has ended without money. Empty when money was captured or is under way. */
  Optional<Change> registrationExpired(Instant at) {
    return switch (PaymentStatus.TRANSITIONS.next(status(), PaymentTrigger.REGISTRATION_EXPIRED)) {
      case Changed<PaymentStatus>(PaymentStatus to, _) -> Optional.of(cancelled(to, at));
      case Ignored<PaymentStatus> _ -> Optional.empty();
    };
  }

  private PaymentTrigger failureOf(String paymentIntentId) {
    String underWay = progress.paymentIntentId();
    if (underWay != null && !underWay.equals(paymentIntentId)) {
      return PaymentTrigger.OTHER_ATTEMPT_FAILED;
    }
    return progress.registrationEndedAt() == null
        ? PaymentTrigger.ATTEMPT_FAILED
        : PaymentTrigger.LAST_ATTEMPT_FAILED;
  }

  private Change awaitedAgain(PaymentStatus to, FailedAttempt attempt, Instant at) {
    return new Change(
        with(new Progress(to, null, progress.registrationEndedAt(), null, null, null)),
        List.of(failed(attempt, at)));
  }

  private Change givenUp(PaymentStatus to, FailedAttempt attempt, Instant at) {
    Change cancelled = cancelled(to, at);
    return new Change(
        cancelled.payment(),
        Stream.concat(Stream.of(failed(attempt, at)), cancelled.events().stream()).toList());
  }

  private PaymentFailed failed(FailedAttempt attempt, Instant at) {
    return new PaymentFailed(
        id, registration.id(), attempt.declineCode(), status() == PaymentStatus.PROCESSING, at);
  }

  private Change cancelled(PaymentStatus to, Instant at) {
    return new Change(
        with(
            new Progress(
                to, progress.paymentIntentId(), progress.registrationEndedAt(), null, at, null)),
        List.of(new PaymentCancelled(id, registration.id(), at)));
  }

  private Payment with(Progress newProgress) {
    return new Payment(id, registration, amount, fee, createdAt, newProgress);
  }
}
