package io.cpdevents.registration.registrations;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.money.Money;
import io.cpdevents.registration.registrations.Settlement.Confirmed;
import io.cpdevents.registration.registrations.Settlement.RefundDue;
import io.cpdevents.registration.registrations.Settlement.SettledBefore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The buyer's money has arrived: the registration is confirmed, or the money goes back because it
 * came too late and no place is left, or because the places are paid already.
 */
@Component
public class AcceptPayment {

  private final Registrations registrations;
  private final RefundRequests refundRequests;
  private final Places places;
  private final Outbox outbox;
  private final Clock clock;

  AcceptPayment(
      Registrations registrations,
      RefundRequests refundRequests,
      Places places,
      Outbox outbox,
      Clock clock) {
    this.registrations = registrations;
    this.refundRequests = refundRequests;
    this.places = places;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * A payment that was captured.
   *
   * @param amount all that was captured
   */
  public record Command(UUID paymentId, UUID registrationId, Money amount) {}

  /**
   * Settles a payment, once however often it comes.
   *
   * @throws IllegalStateException when there is no such registration or it costs something else:
   *     the message is parked for a person to look at
   */
  @Transactional
  public void handle(Command payment) {
    Registration registration =
        registrations.lockForPayment(payment.registrationId(), payment.paymentId());
    Instant now = clock.instant();
    boolean placesTaken =
        registration.needsPlacesFor(payment.paymentId()) && places.takeAgain(registration, now);
    Settlement settlement =
        registration.settle(
            payment.paymentId(), payment.amount(), placesTaken, Ids.next(), Ids.next(), now);
    switch (settlement) {
      case Confirmed(Transition transition) -> record(transition);
      case RefundDue(Transition transition, var request) -> {
        refundRequests.insert(request, null);
        record(transition);
      }
      case SettledBefore() -> {}
    }
  }

  private void record(Transition transition) {
    registrations.save(List.of(transition));
    transition.facts().forEach(outbox::append);
  }
}
