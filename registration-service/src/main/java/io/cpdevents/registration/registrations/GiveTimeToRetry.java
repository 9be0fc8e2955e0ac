package io.cpdevents.registration.registrations;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A card was declined: the buyer has ten minutes at least to pay in another way, once. */
@Component
public class GiveTimeToRetry {

  private final Registrations registrations;
  private final Outbox outbox;
  private final Clock clock;

  GiveTimeToRetry(Registrations registrations, Outbox outbox, Clock clock) {
    this.registrations = registrations;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** A payment that the bank has refused at once. */
  public record Command(UUID paymentId, UUID registrationId) {}

  /**
   * Lengthens a hold that would end within ten minutes; nothing happens when it was lengthened
   * before, or the registration is not held any more.
   *
   * @throws IllegalStateException when there is no such registration: the message is parked for a
   *     person to look at
   */
  @Transactional
  public void handle(Command payment) {
    registrations
        .lockForPayment(payment.registrationId(), payment.paymentId())
        .giveTimeToRetry(Ids.next(), payment.paymentId(), clock.instant())
        .ifPresent(transition -> {
          registrations.save(List.of(transition));
          transition.facts().forEach(outbox::append);
        });
  }
}
