package io.cpdevents.billing.payments;

import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A try to pay was declined or given up. */
@Component
public class FailPaymentAttempt {

  /**
   * A try that came to nothing.
   *
   * @param payment locked, see {@link LockPayment}
   */
  public record Command(Payment payment, String paymentIntentId, FailedAttempt attempt) {}

  private final Payments payments;
  private final Outbox outbox;
  private final Clock clock;

  FailPaymentAttempt(Payments payments, Outbox outbox, Clock clock) {
    this.payments = payments;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Lets the payment be tried again, or cancels it when its registration has ended; told once for
   * each try.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Command command) {
    Payment payment = command.payment();
    Instant now = clock.instant();
    boolean wasProcessing = payment.status() == PaymentStatus.PROCESSING;
    if (!payments.insertFailure(payment.id(), command.attempt(), wasProcessing, now)) {
      return;
    }
    payment
        .attemptFailed(command.paymentIntentId(), command.attempt(), now)
        .ifPresent(change -> {
          payments.save(change.payment());
          change.events().forEach(outbox::append);
        });
  }
}
