package io.cpdevents.billing.payments;

import io.cpdevents.platform.error.RuleViolation;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What checkouts need of payments: one under its row lock. */
@Component
public class PayablePayments {

  private final Payments payments;

  PayablePayments(Payments payments) {
    this.payments = payments;
  }

  /**
   * Locks a payment.
   *
   * @throws RuleViolation 404 {@code payment-not-found}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Payment lock(UUID id) {
    return payments.lock(id).orElseThrow(() -> RuleViolation.notFound("payment-not-found"));
  }
}
