package io.cpdevents.billing.payments;

import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The hold has ended: the page is closed, and the payment is cancelled when nothing was captured.
 */
@Component
public class CancelPayment {

  /** A registration that has expired. */
  public record Command(UUID registrationId) {}

  private final Payments payments;
  private final PaymentPages pages;
  private final Outbox outbox;
  private final Clock clock;

  CancelPayment(Payments payments, PaymentPages pages, Outbox outbox, Clock clock) {
    this.payments = payments;
    this.pages = pages;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Cancels the payment of a registration that has expired. */
  @Transactional
  public void handle(Command command) {
    Payment payment =
        payments
            .lockByRegistration(command.registrationId())
            .orElseThrow(() ->
                new IllegalStateException(
                    "no payment of registration " + command.registrationId()));
    Instant now = clock.instant();
    Payment ended = payment.withRegistrationEnded(now);
    Optional<Payment.Change> cancelled = ended.registrationExpired(now);
    payments.save(cancelled.map(Payment.Change::payment).orElse(ended));
    pages.close(payment.id());
    cancelled.ifPresent(change -> change.events().forEach(outbox::append));
  }
}
