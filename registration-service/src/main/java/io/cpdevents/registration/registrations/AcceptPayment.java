package io.cpdevents.registration.registrations;

import io.cpdevents.contracts.billing.PaymentEvent.PaymentCaptured;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.registrations.RegistrationStatus.Trigger;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The buyer's money has arrived: the registration is confirmed, or the money goes back when it came
 * too late and no place is left, or when it was paid twice.
 */
@Component
public class AcceptPayment {

  private final Registrations registrations;
  private final Places places;
  private final Outbox outbox;
  private final Clock clock;

  AcceptPayment(Registrations registrations, Places places, Outbox outbox, Clock clock) {
    this.registrations = registrations;
    this.places = places;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Settles a captured payment, once however often it is told.
   *
   * @throws IllegalStateException when there is no such registration or it costs something else:
   *     the message is parked for a person to look at
   */
  @Transactional
  public void handle(PaymentCaptured payment) {
    Registration registration =
        registrations
            .lock(payment.registrationId())
            .orElseThrow(() ->
                new IllegalStateException(
                    "payment %s is for registration %s, which does not exist"
                        .formatted(payment.paymentId(), payment.registrationId())));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Trigger trigger = registration.triggerOf(payment.paymentId(), Money.from(payment.amount()));
    boolean placesTaken =
        registration.needsPlacesFor(trigger) && places.takeAgain(registration, now);
    switch (registration.onPayment(trigger, placesTaken)) {
      case CONFIRMED -> confirm(registration, payment.paymentId(), now);
      case REFUND_DUE -> sendBack(registration, payment.paymentId(), now);
      case NOTHING_NEW -> {}
    }
  }

  private void confirm(Registration registration, UUID paymentId, Instant now) {
    registrations.confirm(registration, paymentId, now);
    outbox.append(
        new RegistrationConfirmed(
            registration.id(),
            registration.accountId(),
            registration.eventId(),
            registration.organizationId(),
            paymentId,
            now));
  }

  private void sendBack(Registration registration, UUID paymentId, Instant now) {
    UUID refundId = Ids.next();
    String cause = registration.refundCause();
    registrations.requestRefund(registration, refundId, paymentId, cause, now);
    outbox.append(
        new RefundRequested(
            registration.id(),
            registration.accountId(),
            registration.eventId(),
            registration.organizationId(),
            paymentId,
            refundId,
            registration.total().toAmount(),
            cause,
            now));
  }
}
