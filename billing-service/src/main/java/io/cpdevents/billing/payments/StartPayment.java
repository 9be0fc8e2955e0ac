package io.cpdevents.billing.payments;

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
  private final Clock clock;

  StartPayment(Payments payments, Clock clock) {
    this.payments = payments;
    this.clock = clock;
  }

  /** Lets the payment wait for the bank. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Command command) {
    Instant nextCheckAt = clock.instant().plus(ClaimProcessingPayments.CHECK_INTERVAL);
    command
        .payment()
        .started(command.paymentIntentId(), nextCheckAt)
        .map(Payment.Change::payment)
        .ifPresent(payments::save);
  }
}
