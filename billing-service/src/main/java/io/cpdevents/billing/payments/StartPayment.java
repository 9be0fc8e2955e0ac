package io.cpdevents.billing.payments;

import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The buyer has authorised the payment, and the bank takes its time. */
@Component
public class StartPayment {

  /**
   * Money that is under way.
   *
   * @param payment locked, see {@link LockPayment}
   */
  public record Command(Payment payment, String paymentIntentId) {}

  private final Payments payments;
  private final Outbox outbox;
  private final Clock clock;

  StartPayment(Payments payments, Outbox outbox, Clock clock) {
    this.payments = payments;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Lets the payment wait for the bank. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Command command) {
    Instant now = clock.instant();
    command
        .payment()
        .started(command.paymentIntentId(), now, now.plus(ClaimProcessingPayments.CHECK_INTERVAL))
        .ifPresent(change -> {
          payments.save(change.payment());
          change.events().forEach(outbox::append);
        });
  }
}
