package io.cpdevents.billing.payments;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Notes on a payment that its registration is confirmed, so that the buyer has what the money was
 * for.
 */
@Component
public class ConfirmPayment {

  /** A registration that is confirmed. */
  public record Command(UUID registrationId) {}

  private final Payments payments;
  private final Clock clock;

  ConfirmPayment(Payments payments, Clock clock) {
    this.payments = payments;
    this.clock = clock;
  }

  /** Notes the confirmation. */
  @Transactional
  public void handle(Command command) {
    payments.confirm(command.registrationId(), clock.instant());
  }
}
