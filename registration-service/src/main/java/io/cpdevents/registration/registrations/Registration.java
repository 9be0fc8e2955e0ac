package io.cpdevents.registration.registrations;

import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.registrations.RegistrationStatus.Trigger;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One buyer's booking, as it decides about money and time.
 *
 * @param total what the buyer owes
 * @param paymentId the payment that has confirmed it
 * @param refundedPayments payments whose money was sent back
 */
record Registration(
    UUID id,
    UUID eventId,
    UUID organizationId,
    UUID accountId,
    RegistrationStatus status,
    Money total,
    @Nullable UUID paymentId,
    Set<UUID> refundedPayments) {

  /** What a captured payment means for a registration. */
  enum Settlement {
    CONFIRMED,
    REFUND_DUE,
    NOTHING_NEW
  }

  /** The same registration, knowing which payments are being refunded. */
  Registration withRefunded(Set<UUID> payments) {
    return new Registration(
        id, eventId, organizationId, accountId, status, total, paymentId, payments);
  }

  /**
   * What the money of a payment is to this registration.
   *
   * @throws IllegalStateException when it is not what the buyer owes: billing-service quarantines
   *     such money, so whoever says this is wrong
   */
  Trigger triggerOf(UUID capturedPaymentId, Money captured) {
    if (!captured.equals(total)) {
      throw new IllegalStateException(
          "registration %s costs %s, payment %s brought %s"
              .formatted(id, total, capturedPaymentId, captured));
    }
    boolean known =
        capturedPaymentId.equals(paymentId) || refundedPayments.contains(capturedPaymentId);
    return known ? Trigger.PAYMENT_REPEATED : Trigger.PAYMENT_CAPTURED;
  }

  /** Whether places have to be taken again before the trigger can confirm it. */
  boolean needsPlacesFor(Trigger trigger) {
    return status == RegistrationStatus.EXPIRED && trigger == Trigger.PAYMENT_CAPTURED;
  }

  /**
   * What a captured payment leads to.
   *
   * @param placesTaken whether places were taken again; only asked when {@link #needsPlacesFor}
   */
  Settlement onPayment(Trigger trigger, boolean placesTaken) {
    RegistrationStatus next =
        needsPlacesFor(trigger)
            ? RegistrationStatus.TRANSITIONS.next(
                status,
                trigger,
                placesTaken ? RegistrationStatus.CONFIRMED : RegistrationStatus.EXPIRED)
            : RegistrationStatus.TRANSITIONS.next(status, trigger);
    if (trigger == Trigger.PAYMENT_REPEATED) {
      return Settlement.NOTHING_NEW;
    }
    return next == status ? Settlement.REFUND_DUE : Settlement.CONFIRMED;
  }

  /** Why money that settles nothing goes back, as billing-service and notification are told. */
  String refundCause() {
    return status == RegistrationStatus.CONFIRMED ? "paid-twice" : "payment-too-late";
  }

  /** The state after the time to pay has passed. */
  RegistrationStatus onHoldExpired() {
    return RegistrationStatus.TRANSITIONS.next(status, Trigger.HOLD_EXPIRED);
  }
}
