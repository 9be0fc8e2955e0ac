package io.cpdevents.registration.registrations;

import static io.cpdevents.registration.registrations.RegistrationStatus.CONFIRMED;
import static io.cpdevents.registration.registrations.RegistrationStatus.EXPIRED;
import static io.cpdevents.registration.registrations.RegistrationStatus.HELD;
import static io.cpdevents.registration.registrations.RegistrationStatus.TRANSITIONS;

import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.registration.RegistrationEvent;
import io.cpdevents.contracts.registration.RegistrationEvent.HoldEndChanged;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.state.Outcome;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import io.cpdevents.registration.registrations.RegistrationStatus.Trigger;
import io.cpdevents.registration.registrations.Settlement.Confirmed;
import io.cpdevents.registration.registrations.Settlement.RefundDue;
import io.cpdevents.registration.registrations.Settlement.SettledBefore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One buyer's booking, with the rules for what money and time do to it. It has a method for each
 * thing that can happen; a method that changes something answers the {@link Transition} to record.
 *
 * @param accountId the buyer
 * @param total what the buyer owes
 * @param paymentId the payment that has confirmed it; null while there is none, or when it was free
 * @param hold how long its places wait for money; null when it was free
 * @param refundedPayments payments of which something was asked back
 */
record Registration(
    UUID id,
    UUID eventId,
    UUID organizationId,
    UUID accountId,
    RegistrationStatus status,
    Money total,
    @Nullable UUID paymentId,
    Instant createdAt,
    @Nullable Hold hold,
    @Nullable Instant confirmedAt,
    @Nullable Instant expiredAt,
    @Nullable Instant cancelledAt,
    Set<UUID> refundedPayments) {

  /** A registration that has just taken its places: confirmed when it is free, else held. */
  static Registration placed(
      UUID id,
      UUID accountId,
      EventSummary event,
      Money total,
      Instant placedAt,
      Duration holdTime) {
    boolean free = total.isZero();
    return new Registration(
        id,
        event.id(),
        event.organizationId(),
        accountId,
        free ? CONFIRMED : HELD,
        total,
        null,
        placedAt,
        free ? null : Hold.since(placedAt, holdTime),
        free ? placedAt : null,
        null,
        null,
        Set.of());
  }

  /** Until when its places wait for money; null when it was free. */
  @Nullable Instant holdExpiresAt() {
    return hold == null ? null : hold.expiresAt();
  }

  /** When its hold would have ended had it not been extended; null when it was not. */
  @Nullable Instant holdExtendedFrom() {
    return hold == null ? null : hold.extendedFrom();
  }

  /** Whether money has confirmed it. */
  boolean isPaid() {
    return paymentId != null;
  }

  /** Whether it was confirmed after this moment. */
  boolean wasConfirmedAfter(Instant moment) {
    return confirmedAt != null && confirmedAt.isAfter(moment);
  }

  /** The same registration, knowing of which payments something was asked back. */
  Registration withRefundedPayments(Set<UUID> payments) {
    return new Registration(
        id,
        eventId,
        organizationId,
        accountId,
        status,
        total,
        paymentId,
        createdAt,
        hold,
        confirmedAt,
        expiredAt,
        cancelledAt,
        payments);
  }

  /**
   * Whether a payment can confirm it only if its places, which were given back, are taken again.
   */
  boolean needsPlacesFor(UUID capturedPaymentId) {
    return status == EXPIRED && !knows(capturedPaymentId);
  }

  /**
   * What a captured payment leads to.
   *
   * @param placesTaken whether its places were taken again; matters only if {@link #needsPlacesFor}
   * @param entryId of the entry in its history
   * @param refundId of what is asked back, if anything is
   * @throws IllegalStateException when the amount is not what the buyer owes: billing-service
   *     quarantines such money, so this message is wrong
   */
  Settlement settle(
      UUID capturedPaymentId,
      Money captured,
      boolean placesTaken,
      UUID entryId,
      UUID refundId,
      Instant now) {
    if (!captured.equals(total)) {
      throw new IllegalStateException(
          "registration %s costs %s, and payment %s brings %s"
              .formatted(id, total, capturedPaymentId, captured));
    }
    boolean hasPlaces = status == HELD || (needsPlacesFor(capturedPaymentId) && placesTaken);
    return switch (nextFor(capturedPaymentId, hasPlaces)) {
      case Ignored<RegistrationStatus> _ -> new SettledBefore();
      case Changed<RegistrationStatus>(RegistrationStatus to, _) ->
          hasPlaces
              ? new Confirmed(confirmed(entryId, to, capturedPaymentId, now))
              : refundDue(entryId, refundId, to, capturedPaymentId, now);
    };
  }

  /**
   * What the end of the time to pay leads to; empty when that changes nothing any more.
   *
   * @param entryId of the entry in its history
   */
  Optional<Transition> expireHold(UUID entryId, Instant now) {
    return switch (TRANSITIONS.next(status, Trigger.HOLD_EXPIRED)) {
      case Ignored<RegistrationStatus> _ -> Optional.empty();
      case Changed<RegistrationStatus>(RegistrationStatus to, _) ->
          Optional.of(
              Transition.of(
                  entryId,
                  this,
                  Trigger.HOLD_EXPIRED,
                  with(to, paymentId, hold, confirmedAt, now, cancelledAt),
                  null,
                  List.of(new RegistrationExpired(id, accountId, eventId, organizationId, now)),
                  now));
    };
  }

  /**
   * What it leads to that the buyer has paid and the bank takes its time; empty when that changes
   * nothing any more.
   *
   * @param entryId of the entry in its history
   * @param processingHold how long the places are kept from now on
   */
  Optional<Transition> extendHold(
      UUID entryId, UUID processingPaymentId, Duration processingHold, Instant now) {
    return switch (TRANSITIONS.next(status, Trigger.PAYMENT_PROCESSING)) {
      case Ignored<RegistrationStatus> _ -> Optional.empty();
      case Changed<RegistrationStatus>(RegistrationStatus to, _) ->
          Optional.of(
              withHold(
                  entryId,
                  to,
                  Trigger.PAYMENT_PROCESSING,
                  Objects.requireNonNull(hold).extendedTo(now.plus(processingHold)),
                  processingPaymentId,
                  List.of(),
                  now));
    };
  }

  /** Whether its buyer got more time because a bank had refused. */
  boolean isRetryGiven() {
    return hold != null && hold.retryGiven();
  }

  /**
   * What it leads to that a bank which took its time has refused; empty when that changes nothing,
   * also when the hold was not extended.
   *
   * @param entryId of the entry in its history
   */
  Optional<Transition> endExtension(UUID entryId, UUID failedPaymentId, Instant now) {
    if (status == HELD && !Objects.requireNonNull(hold).isExtended()) {
      return Optional.empty();
    }
    return paymentFailed(
        entryId, failedPaymentId, () -> Objects.requireNonNull(hold).withoutExtension(now), now);
  }

  /**
   * What it leads to that a card was declined at once; empty when that changes nothing: enough time
   * is left to try again, or more was given before.
   *
   * @param entryId of the entry in its history
   */
  Optional<Transition> giveTimeToRetry(UUID entryId, UUID failedPaymentId, Instant now) {
    if (hold != null && status == HELD && hold.withTimeToRetry(now).equals(hold)) {
      return Optional.empty();
    }
    return paymentFailed(
        entryId, failedPaymentId, () -> Objects.requireNonNull(hold).withTimeToRetry(now), now);
  }

  private Optional<Transition> paymentFailed(
      UUID entryId, UUID failedPaymentId, Supplier<Hold> newHold, Instant now) {
    return switch (TRANSITIONS.next(status, Trigger.PAYMENT_FAILED)) {
      case Ignored<RegistrationStatus> _ -> Optional.empty();
      case Changed<RegistrationStatus>(RegistrationStatus to, _) -> {
        Hold changed = newHold.get();
        yield Optional.of(
            withHold(
                entryId,
                to,
                Trigger.PAYMENT_FAILED,
                changed,
                failedPaymentId,
                List.of(
                    new HoldEndChanged(
                        id,
                        accountId,
                        eventId,
                        organizationId,
                        failedPaymentId,
                        changed.expiresAt(),
                        now)),
                now));
      }
    };
  }

  /** The registration when all its tickets are cancelled. */
  Registration cancelled(RegistrationStatus to, Instant now) {
    return with(to, paymentId, hold, confirmedAt, expiredAt, now);
  }

  private Outcome<RegistrationStatus> nextFor(UUID capturedPaymentId, boolean hasPlaces) {
    if (knows(capturedPaymentId)) {
      return TRANSITIONS.next(status, Trigger.PAYMENT_REPEATED);
    }
    return needsPlacesFor(capturedPaymentId)
        ? TRANSITIONS.next(status, Trigger.PAYMENT_CAPTURED, hasPlaces ? CONFIRMED : EXPIRED)
        : TRANSITIONS.next(status, Trigger.PAYMENT_CAPTURED);
  }

  private boolean knows(UUID payment) {
    return payment.equals(paymentId) || refundedPayments.contains(payment);
  }

  private Transition confirmed(
      UUID entryId, RegistrationStatus to, UUID confirmingPaymentId, Instant now) {
    return Transition.of(
        entryId,
        this,
        Trigger.PAYMENT_CAPTURED,
        with(to, confirmingPaymentId, hold, now, expiredAt, cancelledAt),
        confirmingPaymentId,
        List.of(
            new RegistrationConfirmed(
                id, accountId, eventId, organizationId, confirmingPaymentId, now)),
        now);
  }

  private Transition withHold(
      UUID entryId,
      RegistrationStatus to,
      Trigger trigger,
      Hold newHold,
      UUID triggeringPaymentId,
      List<RegistrationEvent> facts,
      Instant now) {
    return Transition.of(
        entryId,
        this,
        trigger,
        with(to, paymentId, newHold, confirmedAt, expiredAt, cancelledAt),
        triggeringPaymentId,
        facts,
        now);
  }

  /** The money has paid for nothing, so all that is left of the payment goes back. */
  private RefundDue refundDue(
      UUID entryId, UUID refundId, RegistrationStatus to, UUID refundedPaymentId, Instant now) {
    RefundRequested request =
        new RefundRequested(
            id,
            accountId,
            eventId,
            organizationId,
            refundedPaymentId,
            refundId,
            List.of(),
            true,
            status == CONFIRMED ? RefundCause.PAID_TWICE : RefundCause.PAYMENT_TOO_LATE,
            now);
    return new RefundDue(
        Transition.of(
            entryId,
            this,
            Trigger.PAYMENT_CAPTURED,
            with(to, paymentId, hold, confirmedAt, expiredAt, cancelledAt),
            refundedPaymentId,
            List.of(request),
            now),
        request);
  }

  private Registration with(
      RegistrationStatus newStatus,
      @Nullable UUID newPaymentId,
      @Nullable Hold newHold,
      @Nullable Instant newConfirmedAt,
      @Nullable Instant newExpiredAt,
      @Nullable Instant newCancelledAt) {
    return new Registration(
        id,
        eventId,
        organizationId,
        accountId,
        newStatus,
        total,
        newPaymentId,
        createdAt,
        newHold,
        newConfirmedAt,
        newExpiredAt,
        newCancelledAt,
        refundedPayments);
  }
}
