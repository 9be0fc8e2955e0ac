package io.cpdevents.billing.invoices;

import io.cpdevents.billing.stripe.StripeDispute;
import io.cpdevents.contracts.billing.SubscriptionEvent.PlanPaymentDisputed;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** An organization is told once that a bank disputes what it has paid for its plan. */
@Component
public class TellDisputeOfInvoice {

  private final Invoices invoices;
  private final Outbox outbox;
  private final Clock clock;

  TellDisputeOfInvoice(Invoices invoices, Outbox outbox, Clock clock) {
    this.invoices = invoices;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Tells it, if the payment intent has paid an invoice. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(StripeDispute dispute, String paymentIntentId) {
    invoices
        .addDispute(dispute.id(), paymentIntentId, clock.instant())
        .ifPresent(organizationId ->
            outbox.append(
                new PlanPaymentDisputed(
                    organizationId,
                    dispute.amount().toAmount(),
                    dispute.balanceTransactions().isEmpty(),
                    dispute.createdAt())));
  }
}
