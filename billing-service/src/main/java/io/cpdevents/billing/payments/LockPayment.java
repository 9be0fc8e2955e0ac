package io.cpdevents.billing.payments;

import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A payment is locked, so that nobody else changes it meanwhile. */
@Component
public class LockPayment {

  private final Payments payments;

  LockPayment(Payments payments) {
    this.payments = payments;
  }

  /** Locks a payment until the end of the transaction, if there is one with this id. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<Payment> handle(UUID id) {
    return payments.lock(id);
  }
}
