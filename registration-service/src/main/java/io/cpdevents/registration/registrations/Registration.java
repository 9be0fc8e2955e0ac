package io.cpdevents.registration.registrations;

import static io.cpdevents.registration.registrations.RegistrationStatus.CONFIRMED;
import static io.cpdevents.registration.registrations.RegistrationStatus.EXPIRED;
import static io.cpdevents.registration.registrations.RegistrationStatus.HELD;
import static io.cpdevents.registration.registrations.RegistrationStatus.TRANSITIONS;

import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.platform.Ids;
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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One buyer's booking, with the rules for what money and time do to it. It has a method for each
 * thing that can happen; a method that changes something answers the {@link Transition} to record.
 *
 * @param accountId the buyer
 * @param total what the buyer owes
 * @param paymentId the payment that has confirmed it; null while there is none, or when it was free
 * @param holdExpiresAt until when its places wait for money; null when it was free
 * @param refundedPayments payments that paid for nothing, so that their refund was requested
 */
record Registration(
    UUID id,
    UUID eventId,
    UUID organizationId,
    UUID accountId,
    RegistrationStatus status,
    Money total,
    @Nullable UUID paymentId,
    @Nullable Instant holdExpiresAt,
    @Nullable Instant confirmedAt,
    @Nullable Instant expiredAt,
    Set<UUID> refundedPayments) {

  /** How long places wait for money. */
  static final Duration HOLD_TIME = Duration.ofMinutes(30);

  /** A registration that has just taken its places: confirmed when it is free, else held. */
  static Registration placed(
      UUID id, UUID accountId, EventSummary event, Money total, Instant placedAt) {
    boolean free = total.isZero();
    return new Registration(
        id,
        event.id(),
        event.organizationId(),
        accountId,
        free ? CONFIRMED : HELD,
        total,
        null,
        free ? null : placedAt.plus(HOLD_TIME),
        free ? placedAt : null,
        null,
        Set.of());
  }

  /** The same registration, knowing which payments paid for nothing. */
  Registration withRefundedPayments(Set<UUID> payments) {
    return new Registration(
        id,
        eventId,
        organizationId,
        accountId,
        status,
        total,
        paymentId,
        holdExpiresAt,
        confirmedAt,
        expiredAt,
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
   * @throws IllegalStateException when the amount is not what the buyer owes: billing-service
   *     quarantines such money, so this message is wrong
   */
  Settlement settle(UUID capturedPaymentId, Money captured, boolean placesTaken, Instant now) {
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
              ? new Confirmed(confirmed(to, capturedPaymentId, now))
              : refundDue(to, capturedPaymentId, now);
    };
  }

  /** What the end of the time to pay leads to; empty when that changes nothing any more. */
  Optional<Transition> expireHold(Instant now) {
    return switch (TRANSITIONS.next(status, Trigger.HOLD_EXPIRED)) {
      case Ignored<RegistrationStatus> _ -> Optional.empty();
      case Changed<RegistrationStatus>(RegistrationStatus to, _) ->
          Optional.of(
              new Transition(
                  status,
                  Trigger.HOLD_EXPIRED,
                  with(to, paymentId, confirmedAt, now),
                  null,
                  new RegistrationExpired(id, accountId, eventId, organizationId, now),
                  now));
    };
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

  private Transition confirmed(RegistrationStatus to, UUID confirmingPaymentId, Instant now) {
    return new Transition(
        status,
        Trigger.PAYMENT_CAPTURED,
        with(to, confirmingPaymentId, now, expiredAt),
        confirmingPaymentId,
        new RegistrationConfirmed(id, accountId, eventId, organizationId, confirmingPaymentId, now),
        now);
  }

  /** The money has paid for nothing, so all that is left of the payment goes back. */
  private RefundDue refundDue(RegistrationStatus to, UUID refundedPaymentId, Instant now) {
    RefundRequested request =
        new RefundRequested(
            id,
            accountId,
            eventId,
            organizationId,
            refundedPaymentId,
            Ids.next(),
            List.of(),
            true,
            status == CONFIRMED ? RefundCause.PAID_TWICE : RefundCause.PAYMENT_TOO_LATE,
            now);
    return new RefundDue(
        new Transition(
            status,
            Trigger.PAYMENT_CAPTURED,
            with(to, paymentId, confirmedAt, expiredAt),
            refundedPaymentId,
            request,
            now),
        request);
  }

  private Registration with(
      RegistrationStatus newStatus,
      @Nullable UUID newPaymentId,
      @Nullable Instant newConfirmedAt,
      @Nullable Instant newExpiredAt) {
    return new Registration(
        id,
        eventId,
        organizationId,
        accountId,
        newStatus,
        total,
        newPaymentId,
        holdExpiresAt,
        newConfirmedAt,
        newExpiredAt,
        refundedPayments);
  }
}
