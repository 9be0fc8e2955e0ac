package io.cpdevents.billing.payments;

import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
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
  public record Command(Payment payment, String paymentIntentId) {}

  private final Payments payments;
  private final Outbox outbox;
  private final Clock clock;

  FailPaymentAttempt(Payments payments, Outbox outbox, Clock clock) {
    this.payments = payments;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Lets the payment be tried again, or cancels it when its registration has ended. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Command command) {
    command
        .payment()
        .attemptFailed(command.paymentIntentId(), clock.instant())
        .ifPresent(change -> {
          payments.save(change.payment());
          change.event().ifPresent(outbox::append);
        });
  }
}
