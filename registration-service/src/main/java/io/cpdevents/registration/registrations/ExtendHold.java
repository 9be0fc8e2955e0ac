package io.cpdevents.registration.registrations;

import io.cpdevents.platform.Ids;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A buyer has paid, and the bank takes some days: the places are kept that long. */
@Component
public class ExtendHold {

  private final Registrations registrations;
  private final RegistrationSettings settings;
  private final Clock clock;

  ExtendHold(Registrations registrations, RegistrationSettings settings, Clock clock) {
    this.registrations = registrations;
    this.settings = settings;
    this.clock = clock;
  }

  /** A payment whose outcome is open. */
  public record Command(UUID paymentId, UUID registrationId) {}

  /**
   * Extends the hold; nothing happens when the registration is not held any more.
   *
   * @throws IllegalStateException when there is no such registration: the message is parked for a
   *     person to look at
   */
  @Transactional
  public void handle(Command payment) {
    registrations
        .lockForPayment(payment.registrationId(), payment.paymentId())
        .extendHold(Ids.next(), payment.paymentId(), settings.processingHold(), clock.instant())
        .ifPresent(transition -> registrations.save(List.of(transition)));
  }
}
