package io.cpdevents.registration.registrations;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A bank that took its time has refused: the hold ends as it would have, or a little later. */
@Component
public class EndHoldExtension {

  private final Registrations registrations;
  private final Outbox outbox;
  private final Clock clock;

  EndHoldExtension(Registrations registrations, Outbox outbox, Clock clock) {
    this.registrations = registrations;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** A payment that the bank has refused after a while. */
  public record Command(UUID paymentId, UUID registrationId) {}

  /**
   * Shortens the hold; nothing happens when it was not extended, or the registration is not held
   * any more.
   *
   * @throws IllegalStateException when there is no such registration: the message is parked for a
   *     person to look at
   */
  @Transactional
  public void handle(Command payment) {
    registrations
        .lockForPayment(payment.registrationId(), payment.paymentId())
        .endExtension(Ids.next(), payment.paymentId(), clock.instant())
        .ifPresent(transition -> {
          registrations.save(List.of(transition));
          transition.facts().forEach(outbox::append);
        });
  }
}
