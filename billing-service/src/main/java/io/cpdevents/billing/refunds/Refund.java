package io.cpdevents.billing.refunds;

import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.error.RuleViolation;
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
 * @param origin which money goes back
 * @param asked who has asked for it by hand, and why; null when nobody has
 * @param shares who bears it, ticket by ticket
 * @param progress what changes
 */
record Refund(
    UUID id,
    Origin origin,
    RefundCause cause,
    @Nullable AskedBy asked,
    RefundShares shares,
    Instant requestedAt,
    Progress progress) {

  /**
   * Which money goes back.
   *
   * @param paymentId the payment that it was paid for
   * @param chargeId the charge that the payment did not want; null for the capture of the payment
   */
  record Origin(UUID paymentId, @Nullable String chargeId) {}

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
  private static final int MAX_DISPUTED_ATTEMPTS = 3;
  private static final Duration DELAY_OF_SECOND_ATTEMPT = Duration.ofHours(1);
  private static final Duration DELAY_OF_LATER_ATTEMPTS = Duration.ofDays(1);
  private static final Duration DELAY_WHILE_DISPUTED = Duration.ofDays(1);

  /** A dispute that nobody has heard of yet is heard of by then, mostly. */
  private static final Duration DELAY_IF_DISPUTE_MAY_BE_OVER = Duration.ofSeconds(5);

  /**
   * One that somebody has asked us for.
   *
   * @param nextAttemptAt when it is sent at the latest
   */
  static Refund requested(
      UUID id,
      Origin origin,
      RefundCause cause,
      @Nullable AskedBy asked,
      RefundShares shares,
      Instant now,
      Instant nextAttemptAt) {
    return new Refund(
        id,
        origin,
        cause,
        asked,
        shares,
        now,
        new Progress(
            RefundStatus.REQUESTED, List.of(RefundAttempt.numbered(1)), nextAttemptAt, null));
  }

  /** One that somebody has made at Stripe: it need not be sent. */
  static Refund madeAtStripe(UUID id, Origin origin, RefundShares shares, Instant now) {
    return new Refund(
        id,
        origin,
        RefundCause.MADE_AT_STRIPE,
        null,
        shares,
        now,
        new Progress(RefundStatus.PENDING, List.of(RefundAttempt.numbered(1)), null, null));
  }

  UUID paymentId() {
    return origin.paymentId();
  }

  Money amount() {
    return shares.amount();
  }

  RefundStatus status() {
    return progress.status();
  }

  /** The attempt that counts: the one that goes through, else the last. */
  RefundAttempt current() {
    List<RefundAttempt> attempts = progress.attempts();
    return attempts.stream()
        .filter(RefundAttempt::goesThrough)
        .findFirst()
        .orElseGet(attempts::getLast);
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

  /**
   * Whether the buyer is owed the money whoever calls the refund off: it was given up for it, or
   * never wanted. Else the buyer keeps what was paid for, and whoever wanted to give the money back
   * may not want to any more.
   */
  boolean isOwedWhateverHappens() {
    return switch (cause) {
      case ATTENDEE_CANCELLED,
          ORGANIZATION_CANCELLED,
          EVENT_CANCELLED,
          PAYMENT_TOO_LATE,
          PAID_TWICE ->
          true;
      case REQUESTED, FRAUD_WARNING, MADE_AT_STRIPE -> false;
    };
  }

  /** Whether nothing may come of it after all, also when Stripe has done it. */
  boolean canBeCalledOff() {
    return !isOwedWhateverHappens() && status() != RefundStatus.CANCELLED;
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
    return status() == RefundStatus.FAILED && !current().goesThrough();
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

  /**
   * The current attempt is sent again, or the next one in its place when its key has worn out. But
   * never while a request under the old key may be under way: two keys would return the money
   * twice. Empty when that is not certain.
   *
   * @param lookedUpAt when Stripe was asked for what has come of those that were sent before, which
   *     was nothing
   */
  Optional<Refund> sentAgain(Instant lookedUpAt, Instant now) {
    RefundAttempt current = current();
    if (!current.isKeyWornOut(now)) {
      return Optional.of(sent(now));
    }
    return current.mayBeUnderWay(lookedUpAt)
        ? Optional.empty()
        : Optional.of(withNextAttempt().sent(now));
  }

  /** Records Stripe's answer to an attempt; the state of the refund stays as it is. */
  Refund answered(int number, StripeRefund stripeRefund) {
    return with(attempt(number).orElseThrow().answered(stripeRefund));
  }

  /** Records that Stripe has refused an attempt; the state of the refund stays as it is. */
  Refund refused(int number, String failure) {
    return with(attempt(number).orElseThrow().refused(failure));
  }

  /** Nothing can be refunded now: the current attempt is sent later. */
  Refund postponed(Instant nextAttemptAt) {
    return with(new Progress(status(), progress.attempts(), nextAttemptAt, progress.succeededAt()));
  }

  /**
   * Stripe has refused the current attempt because the payment is disputed: the next one is made
   * later, and does not count as a failure. Empty when none is made by itself.
   *
   * @param isOpen whether we know of an open dispute. If not, it is not heard of yet, or its end
   *     was heard of before this refusal was recorded, and nothing would say so again: the first
   *     time that is tried soon
   */
  Optional<Refund> disputed(Instant at, boolean isOpen) {
    Duration delay =
        isOpen || disputedAttempts() > 1 ? DELAY_WHILE_DISPUTED : DELAY_IF_DISPUTE_MAY_BE_OVER;
    return switch (RefundStatus.TRANSITIONS.next(status(), RefundTrigger.PAYMENT_DISPUTED)) {
      case Changed<RefundStatus>(RefundStatus to, _) ->
          Optional.of(with(new Progress(to, attemptsAndNext(), at.plus(delay), null)));
      case Ignored<RefundStatus> _ -> Optional.empty();
    };
  }

  /**
   * Whether Stripe has named a dispute so often that, if none is open, one more attempt is no use.
   */
  boolean wasDisputedTooOften() {
    return disputedAttempts() >= MAX_DISPUTED_ATTEMPTS;
  }

  private long disputedAttempts() {
    return progress.attempts().stream().filter(RefundAttempt::wasDisputed).count();
  }

  /** Whether its next attempt waits for nothing but the end of a dispute. */
  boolean waitsForDispute() {
    List<RefundAttempt> over = progress.attempts().stream().filter(RefundAttempt::isOver).toList();
    return status() == RefundStatus.REQUESTED
        && current().isUntouched()
        && (over.isEmpty() || over.getLast().wasDisputed());
  }

  /** Whether less of it can be owed: no attempt of it is under way or done. */
  boolean canBeOvertaken() {
    return switch (status()) {
      case REQUESTED -> !current().isAnswered();
      case FAILED -> needsPerson();
      case PENDING, SUCCEEDED, CANCELLED -> false;
    };
  }

  /**
   * The buyer has a part of it in another way: what is left of it is owed, and sent soon.
   *
   * @param rest what is still owed; nothing: it is cancelled
   */
  Refund overtaken(RefundShares rest, Instant at) {
    RefundStatus to =
        RefundStatus.TRANSITIONS
            .next(
                status(),
                RefundTrigger.OVERTAKEN,
                rest.isEmpty() ? RefundStatus.CANCELLED : RefundStatus.REQUESTED)
            .to();
    if (rest.isEmpty()) {
      return with(new Progress(to, progress.attempts(), null, null));
    }
    // Another amount under the key of an attempt that was sent would be refused.
    boolean fresh = current().isUntouched();
    return new Refund(
        id,
        origin,
        cause,
        asked,
        rest,
        requestedAt,
        new Progress(to, fresh ? progress.attempts() : attemptsAndNext(), at, null));
  }

  /** Another attempt: somebody has made it at Stripe, or nothing has come of the one before. */
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

  /**
   * People have paid the buyer past Stripe. That is an attempt which has gone through, so that
   * nothing is sent to Stripe any more, and nothing that Stripe tells of an earlier one matters.
   *
   * @throws RuleViolation 409 {@code wrong-state} unless a person has to help
   */
  Refund paidOtherwise(Instant at) {
    RefundStatus to =
        RefundStatus.TRANSITIONS
            .next(status(), RefundTrigger.PAID_OTHERWISE, RefundStatus.SUCCEEDED)
            .to();
    List<RefundAttempt> attempts =
        Stream.concat(
                progress.attempts().stream(),
                Stream.of(RefundAttempt.paidOtherwise(progress.attempts().getLast().number() + 1)))
            .toList();
    return with(new Progress(to, attempts, null, at));
  }

  /** Whether people have paid the buyer past Stripe. */
  boolean isPaidOtherwise() {
    return progress.attempts().stream().anyMatch(RefundAttempt::isPaidOtherwise);
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
    boolean again = !noAutomaticRetry && tries() < MAX_ATTEMPTS;
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
    return tries() == 1 ? DELAY_OF_SECOND_ATTEMPT : DELAY_OF_LATER_ATTEMPTS;
  }

  /** How often it was tried, without the times at which a dispute was in the way. */
  private long tries() {
    return progress.attempts().stream().filter(each -> !each.wasDisputed()).count();
  }

  private List<RefundAttempt> attemptsAndNext() {
    return Stream.concat(
            progress.attempts().stream(),
            Stream.of(RefundAttempt.numbered(progress.attempts().getLast().number() + 1)))
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
    return new Refund(id, origin, cause, asked, shares, requestedAt, newProgress);
  }
}
