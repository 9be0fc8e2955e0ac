package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.invoices.Invoice;
import io.cpdevents.billing.invoices.InvoiceListener;
import io.cpdevents.contracts.billing.SubscriptionEvent.TrialPaid;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** People are told when the first month after a trial is paid. */
@Component
class FollowInvoices implements InvoiceListener {

  private final Subscriptions subscriptions;
  private final Outbox outbox;
  private final Clock clock;

  FollowInvoices(Subscriptions subscriptions, Outbox outbox, Clock clock) {
    this.subscriptions = subscriptions;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public void changed(@Nullable Invoice before, Invoice after) {
    boolean isNewlyPaid = after.isPaid() && (before == null || !before.isPaid());
    // Stripe makes an invoice of nothing for the trial itself.
    if (isNewlyPaid && after.told().total().isPositive()) {
      subscriptions
          .lock(after.organizationId())
          .filter(subscription -> after.isOf(subscription.stripeId()))
          .ifPresent(subscription -> paid(subscription, after));
    }
  }

  private void paid(Subscription subscription, Invoice invoice) {
    Trial trial = subscription.trial();
    if (trial == null || trial.isPaid()) {
      return;
    }
    subscriptions.update(subscription.withTrial(trial.paid()));
    outbox.append(
        new TrialPaid(
            subscription.organizationId(),
            trial.planId(),
            invoice.told().total().toAmount(),
            invoice.told().periodEnd(),
            clock.instant()));
  }
}
