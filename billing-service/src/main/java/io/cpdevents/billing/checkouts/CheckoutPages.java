package io.cpdevents.billing.checkouts;

import io.cpdevents.billing.payments.PaymentPages;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Ends the pages of payments that were made, or are not awaited any more. */
@Component
class CheckoutPages implements PaymentPages {

  private final Checkouts checkouts;
  private final CheckoutTasks tasks;

  CheckoutPages(Checkouts checkouts, CheckoutTasks tasks) {
    this.checkouts = checkouts;
    this.tasks = tasks;
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void complete(UUID paymentId, int attempt) {
    checkouts
        .lockLast(paymentId)
        .filter(Checkout::isLive)
        .ifPresent(live -> {
          if (live.attempt() == attempt) {
            live.completed().ifPresent(checkouts::save);
          } else {
            tasks.expire(live.id());
          }
        });
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void close(UUID paymentId) {
    checkouts
        .lockLast(paymentId)
        .filter(Checkout::isLive)
        .ifPresent(live -> tasks.expire(live.id()));
  }
}
