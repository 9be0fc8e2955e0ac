package io.cpdevents.billing.payments;

import io.cpdevents.contracts.billing.PaymentEvent.PaymentCancelled;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The hold has ended: the page is closed, and the payment is cancelled when nothing was captured.
 */
@Component
public class CancelPayment {

  private final Payments payments;
  private final Checkouts checkouts;
  private final CheckoutTasks tasks;
  private final Outbox outbox;
  private final Clock clock;

  CancelPayment(
      Payments payments, Checkouts checkouts, CheckoutTasks tasks, Outbox outbox, Clock clock) {
    this.payments = payments;
    this.checkouts = checkouts;
    this.tasks = tasks;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Cancels the payment of a registration that has expired. */
  @Transactional
  public void handle(RegistrationExpired expired) {
    Payment payment =
        payments
            .lockByRegistration(expired.registrationId())
            .orElseThrow(() ->
                new IllegalStateException(
                    "no payment of registration " + expired.registrationId()));
    Instant now = clock.instant();
    payments.endRegistration(payment.id(), now);
    checkouts.live(payment.id()).ifPresent(checkout -> tasks.expire(checkout.id()));
    PaymentStatus next = payment.on(PaymentTrigger.REGISTRATION_EXPIRED);
    if (next != payment.status()) {
      payments.cancel(payment.id(), now);
      outbox.append(new PaymentCancelled(payment.id(), payment.registrationId(), now));
    }
  }
}
