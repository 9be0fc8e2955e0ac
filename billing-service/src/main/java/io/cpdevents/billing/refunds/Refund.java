package io.cpdevents.billing.refunds;

import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One obligation to give money back, with its attempts at Stripe. A failed attempt does not end it:
 * the buyer is still owed the money. Pure: it decides, and its repository saves what it answers.
 *
 * @param shares who bears it, ticket by ticket
 * @param progress what changes
 */
record Refund(
    UUID id,
    UUID paymentId,
    RefundCause cause,
    RefundShares shares,
    Instant requestedAt,
    Progress progress) {

  /**
   * How far a refund has come.
   *
   * @param attempts in their order, one at least; the last is the current one
   * @param nextAttemptAt when the current attempt is sent; null unless it is requested
   */
  record Progress(
      RefundStatus status,
      List<RefundAttempt> attempts,
      @Nullable Instant nextAttemptAt,
      @Nullable Instant succeededAt) {

    /** Keeps the attempts as they are. */
    Progress {
      attempts = List.copyOf(attempts);
    }
  }

  private static final int MAX_ATTEMPTS = 3;
  private static final Duration DELAY_OF_SECOND_ATTEMPT = Duration.ofHours(1);
  private static final Duration DELAY_OF_LATER_ATTEMPTS = Duration.ofDays(1);

  /**
   * One that somebody has asked us for.
   *
   * @param nextAttemptAt when it is sent at the latest
   */
  static Refund requested(
      UUID id,
      UUID paymentId,
      RefundCause cause,
      RefundShares shares,
      Instant now,
      Instant nextAttemptAt) {
    return new Refund(
        id,
        paymentId,
        cause,
        shares,
        now,
        new Progress(
            RefundStatus.REQUESTED, List.of(RefundAttempt.numbered(1)), nextAttemptAt, null));
  }

  /** One that somebody has made at Stripe: it need not be sent. */
  static Refund madeAtStripe(UUID id, UUID paymentId, RefundShares shares, Instant now) {
    return new Refund(
        id,
        paymentId,
        RefundCause.MADE_AT_STRIPE,
        shares,
        now,
        new Progress(RefundStatus.PENDING, List.of(RefundAttempt.numbered(1)), null, null));
  }

  Money amount() {
    return shares.amount();
  }

  RefundStatus status() {
    return progress.status();
  }

  /** The attempt that counts. */
  RefundAttempt current() {
    return progress.attempts().getLast();
  }

  /** The attempt of this number. */
  Optional<RefundAttempt> attempt(int number) {
    return progress.attempts().stream().filter(each -> each.number() == number).findFirst();
  }

  /** The attempt that has become this refund at Stripe. */
  Optional<RefundAttempt> attemptOf(String stripeRefundId) {
    return progress.attempts().stream()
        .filter(each -> stripeRefundId.equals(each.stripeRefundId()))
        .findFirst();
  }

  /** The idempotency key of an attempt at Stripe. */
  String idempotencyKey(RefundAttempt attempt) {
    return "refund:%s:%d".formatted(id, attempt.number());
  }

  /** Whether it was asked for here, and not made at Stripe. */
  boolean isOurs() {
    return cause != RefundCause.MADE_AT_STRIPE;
  }

  /** Whether the buyer is owed the money, and no attempt is under way at Stripe. */
  boolean isOwed() {
    return switch (status()) {
      case REQUESTED, FAILED -> true;
      case PENDING, SUCCEEDED, CANCELLED -> false;
    };
  }

  /** Whether no attempt is made any more unless a person makes it. */
  boolean needsPerson() {
    return status() == RefundStatus.FAILED && current().isOver();
  }

  /** Under what its break is opened when an attempt was refused, and has no id at Stripe. */
  String ownBreakId() {
    return "refund:" + id;
  }

  /** Everything under which its break may have been opened. */
  List<String> breakIds() {
    return Stream.concat(
            Stream.of(ownBreakId()),
            progress.attempts().stream()
                .flatMap(attempt -> Stream.ofNullable(attempt.stripeRefundId())))
        .toList();
  }

  /** The current attempt is sent. */
  Refund sent(Instant at) {
    return with(current().sent(at));
  }

  /** Records Stripe's answer to an attempt; the state of the refund stays as it is. */
  Refund answered(int number, StripeRefund stripeRefund) {
    return with(attempt(number).orElseThrow().answered(stripeRefund));
  }

  /**
   * Records that Stripe has refused the current attempt; the state of the refund stays as it is.
   */
  Refund refused(String reason) {
    return with(current().refused(reason));
  }

  /** Another attempt, which somebody has made at Stripe. */
  Refund withNextAttempt() {
    return with(
        new Progress(
            status(), attemptsAndNext(), progress.nextAttemptAt(), progress.succeededAt()));
  }

  /** Stripe has accepted it. Empty when that is known, or too late to matter. */
  Optional<Refund> accepted() {
    return on(RefundTrigger.STRIPE_ACCEPTED, null);
  }

  /** Stripe has returned the money. Empty when that is known. */
  Optional<Refund> succeeded(Instant at) {
    return on(RefundTrigger.MONEY_RETURNED, at);
  }

  /** Somebody has called it off at Stripe. Empty when that is known, or it is still owed. */
  Optional<Refund> cancelled() {
    return on(RefundTrigger.REFUND_CANCELLED, null);
  }

  /**
   * The current attempt has failed, or its money came back: the next one is made later, or a person
   * has to help. Empty when that is known.
   *
   * @param noAutomaticRetry whether none is made by itself: Stripe would refuse it as well, or
   *     somebody may be making it at Stripe
   */
  Optional<Refund> attemptFailed(boolean noAutomaticRetry, Instant at) {
    if (!RefundStatus.TRANSITIONS.allows(status(), RefundTrigger.ATTEMPT_FAILED)) {
      return Optional.empty();
    }
    boolean again = !noAutomaticRetry && current().number() < MAX_ATTEMPTS;
    RefundStatus to =
        RefundStatus.TRANSITIONS
            .next(
                status(),
                RefundTrigger.ATTEMPT_FAILED,
                again ? RefundStatus.REQUESTED : RefundStatus.FAILED)
            .to();
    return Optional.of(
        with(
            again
                ? new Progress(to, attemptsAndNext(), at.plus(delayOfNextAttempt()), null)
                : new Progress(to, progress.attempts(), null, null)));
  }

  private Optional<Refund> on(RefundTrigger trigger, @Nullable Instant succeededAt) {
    return switch (RefundStatus.TRANSITIONS.next(status(), trigger)) {
      case Changed<RefundStatus>(RefundStatus to, _) ->
          Optional.of(with(new Progress(to, progress.attempts(), null, succeededAt)));
      case Ignored<RefundStatus> _ -> Optional.empty();
    };
  }

  private Duration delayOfNextAttempt() {
    return current().number() == 1 ? DELAY_OF_SECOND_ATTEMPT : DELAY_OF_LATER_ATTEMPTS;
  }

  private List<RefundAttempt> attemptsAndNext() {
    return Stream.concat(
            progress.attempts().stream(), Stream.of(RefundAttempt.numbered(current().number() + 1)))
        .toList();
  }

  private Refund with(RefundAttempt changed) {
    return with(
        new Progress(
            status(),
            progress.attempts().stream()
                .map(each -> each.number() == changed.number() ? changed : each)
                .toList(),
            progress.nextAttemptAt(),
            progress.succeededAt()));
  }

  private Refund with(Progress newProgress) {
    return new Refund(id, paymentId, cause, shares, requestedAt, newProgress);
  }
}
