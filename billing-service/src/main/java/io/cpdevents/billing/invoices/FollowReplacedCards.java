package io.cpdevents.billing.invoices;

import io.cpdevents.billing.paymentmethods.DefaultCardListener;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What an earlier card has not paid is to be paid by the one in its place, at once. */
@Component
class FollowReplacedCards implements DefaultCardListener {

  private final Invoices invoices;

  FollowReplacedCards(Invoices invoices) {
    this.invoices = invoices;
  }

  @Override
  public void replaced(UUID organizationId, String methodId) {
    invoices.payWith(organizationId, methodId);
  }
}
