package io.cpdevents.billing.disputes;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.disputes.DisputeMoney.Booking;
import io.cpdevents.billing.stripe.StripeDispute;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dispute of a payment. Pure: it decides, and its repository saves what it answers.
 *
 * @param stripeId Stripe's
 * @param claim what Stripe says of it
 * @param status what that means here
 * @param money what it has done to money
 * @param nextReminderAt when people are reminded that evidence is missing; null when they are not
 */
record Dispute(
    UUID id,
    String stripeId,
    UUID paymentId,
    Instant openedAt,
    Claim claim,
    DisputeStatus status,
    @Nullable Instant closedAt,
    @Nullable Instant nextReminderAt,
    DisputeMoney money) {

  /**
   * What Stripe says of a dispute.
   *
   * @param stripeStatus Stripe's own word
   * @param dueBy until when evidence may be submitted; null when the bank takes none
   * @param awaitsEvidence whether the bank waits for evidence
   * @param underReview whether the bank has the evidence
   * @param submissions how often evidence has been submitted
   */
  record Claim(
      Money amount,
      String reason,
      String stripeStatus,
      @Nullable Instant dueBy,
      boolean awaitsEvidence,
      boolean underReview,
      long submissions) {

    static Claim of(StripeDispute stripe) {
      return new Claim(
          stripe.amount(),
          stripe.reason(),
          stripe.status(),
          stripe.dueBy(),
          stripe.awaitsEvidence(),
          stripe.isUnderReview(),
          stripe.submissions());
    }
  }

  /** How long before the end of the time for evidence people are reminded, in hours. */
  static final List<Integer> REMINDER_HOURS = List.of(72, 24);

  /** A dispute that was not known; what it means follows in {@link #triggers}. */
  static Dispute opened(UUID id, UUID paymentId, StripeDispute stripe, Instant now) {
    Claim claim = Claim.of(stripe);
    DisputeStatus status = firstStatus(stripe);
    return new Dispute(
        id,
        stripe.id(),
        paymentId,
        now,
        claim,
        status,
        status.isUndecided() ? null : now,
        nextReminder(claim, now),
        DisputeMoney.none(Money.zero(stripe.amount().currency())));
  }

  private static DisputeStatus firstStatus(StripeDispute stripe) {
    return switch (stripe.meaning()) {
      case INQUIRY, INQUIRY_CLOSED -> DisputeStatus.INQUIRY;
      case CHARGEBACK, WON, LOST -> DisputeStatus.OPEN;
      case PREVENTED -> DisputeStatus.PREVENTED;
      case UNKNOWN ->
          stripe.balanceTransactions().isEmpty() ? DisputeStatus.INQUIRY : DisputeStatus.OPEN;
    };
  }

  /**
   * Whether this knows more than that: it was fetched before something happened that we have been
   * told since.
   */
  boolean isAheadOf(StripeDispute stripe) {
    HashSet<String> seen = new HashSet<>();
    stripe.balanceTransactions().forEach(transaction -> seen.add(transaction.id()));
    return !seen.containsAll(money.transactionIds())
        || stripe.submissions() < claim.submissions()
        || isBeforeItsEnd(stripe);
  }

  /** Whether that is open, while this has ended in a way that leads to nothing open. */
  private boolean isBeforeItsEnd(StripeDispute stripe) {
    return switch (stripe.meaning()) {
      case INQUIRY -> !status.isUndecided();
      case CHARGEBACK ->
          !status.isUndecided()
              && !DisputeStatus.TRANSITIONS.allows(status, DisputeTrigger.CHARGEBACK_OPENED);
      case INQUIRY_CLOSED, WON, LOST, PREVENTED, UNKNOWN -> false;
    };
  }

  /** What Stripe tells, as changes of the state, in the order in which they have happened. */
  List<DisputeTrigger> triggers(StripeDispute stripe) {
    return switch (stripe.meaning()) {
      case INQUIRY -> List.of(DisputeTrigger.INQUIRY_OPENED);
      case INQUIRY_CLOSED -> List.of(DisputeTrigger.INQUIRY_ENDED);
      case CHARGEBACK -> List.of(DisputeTrigger.CHARGEBACK_OPENED);
      case WON -> decided(DisputeTrigger.DISPUTE_WON);
      case LOST -> decided(DisputeTrigger.DISPUTE_LOST);
      case PREVENTED -> List.of(DisputeTrigger.DISPUTE_PREVENTED);
      case UNKNOWN ->
          stripe.balanceTransactions().isEmpty()
              ? List.of()
              : List.of(DisputeTrigger.CHARGEBACK_OPENED);
    };
  }

  /** The bank decides about money that it has taken, also when nobody has told us that it did. */
  private List<DisputeTrigger> decided(DisputeTrigger decision) {
    List<DisputeTrigger> triggers = new ArrayList<>();
    if (status != DisputeStatus.WON && status != DisputeStatus.LOST) {
      triggers.add(DisputeTrigger.CHARGEBACK_OPENED);
    }
    triggers.add(decision);
    return triggers;
  }

  /** The dispute after a change of its state; empty when the table says that it is none. */
  Optional<Dispute> on(DisputeTrigger trigger, Instant now) {
    return switch (DisputeStatus.TRANSITIONS.next(status, trigger)) {
      case Ignored<DisputeStatus> _ -> Optional.empty();
      case Changed<DisputeStatus>(DisputeStatus to, _) ->
          Optional.of(with(claim, to, to.isUndecided() ? null : now, nextReminderAt, money));
    };
  }

  /** The same with what Stripe says now. */
  Dispute withClaim(Claim newClaim, Instant now) {
    boolean sameDeadline =
        newClaim.awaitsEvidence() == claim.awaitsEvidence()
            && Objects.equals(newClaim.dueBy(), claim.dueBy());
    return with(
        newClaim,
        status,
        closedAt,
        sameDeadline ? nextReminderAt : nextReminder(newClaim, now),
        money);
  }

  /** The same with what it has done to money now. */
  Dispute withMoney(DisputeMoney newMoney) {
    return with(claim, status, closedAt, nextReminderAt, newMoney);
  }

  /** The same after people have been reminded. */
  Dispute reminded(Instant now) {
    return with(claim, status, closedAt, nextReminder(claim, now), money);
  }

  /** How near the end of the time for evidence is: the smallest reminder that is due, in hours. */
  Optional<Integer> reminderDue(Instant now) {
    Instant dueBy = claim.dueBy();
    boolean isDue = nextReminderAt != null && !now.isBefore(nextReminderAt);
    if (!isDue || dueBy == null || !claim.awaitsEvidence() || !now.isBefore(dueBy)) {
      return Optional.empty();
    }
    return REMINDER_HOURS.reversed().stream()
        .filter(hours -> !now.isBefore(dueBy.minus(Duration.ofHours(hours))))
        .findFirst();
  }

  private static @Nullable Instant nextReminder(Claim claim, Instant now) {
    Instant dueBy = claim.dueBy();
    if (dueBy == null || !claim.awaitsEvidence()) {
      return null;
    }
    return REMINDER_HOURS.stream()
        .map(hours -> dueBy.minus(Duration.ofHours(hours)))
        .filter(now::isBefore)
        .findFirst()
        .orElse(null);
  }

  /**
   * Whether nothing of its payment can be refunded: the bank has taken money and not decided, or
   * has decided and not given it back.
   */
  boolean blocksRefunds() {
    return status == DisputeStatus.OPEN
        || (status != DisputeStatus.LOST && money.booking() == Booking.HELD);
  }

  /** Whether nothing more is expected of Stripe. */
  boolean isSettled() {
    return switch (status) {
      case INQUIRY, OPEN -> false;
      case WON, INQUIRY_CLOSED, PREVENTED -> money.booking() != Booking.HELD;
      case LOST -> !money.transactionIds().isEmpty();
    };
  }

  /**
   * Refuses an answer that the bank does not take any more.
   *
   * @throws RuleViolation 409 {@code dispute-closed}, {@code already-submitted} or {@code
   *     no-response-allowed}
   */
  void requireAnswerable() {
    requireUndecided();
    if (claim.dueBy() == null) {
      throw BillingProblem.NO_RESPONSE_ALLOWED.violation();
    }
  }

  /**
   * Refuses an acceptance of what is decided, or under the bank's review.
   *
   * @throws RuleViolation 409 {@code dispute-closed} or {@code already-submitted}
   */
  void requireUndecided() {
    if (!status.isUndecided()) {
      throw BillingProblem.DISPUTE_CLOSED.violation();
    }
    if (claim.underReview()) {
      throw BillingProblem.ALREADY_SUBMITTED.violation();
    }
  }

  private Dispute with(
      Claim newClaim,
      DisputeStatus newStatus,
      @Nullable Instant newClosedAt,
      @Nullable Instant newReminderAt,
      DisputeMoney newMoney) {
    return new Dispute(
        id,
        stripeId,
        paymentId,
        openedAt,
        newClaim,
        newStatus,
        newClosedAt,
        newReminderAt,
        newMoney);
  }
}
