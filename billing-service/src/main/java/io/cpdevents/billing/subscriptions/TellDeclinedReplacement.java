package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.invoices.Invoice;
import io.cpdevents.billing.invoices.ReplacementListener;
import io.cpdevents.billing.paymentmethods.PaymentMethodQueries;
import io.cpdevents.billing.paymentmethods.PaymentMethodView;
import io.cpdevents.contracts.billing.SubscriptionEvent.ReplacementCardDeclined;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import org.springframework.stereotype.Component;

/**
 * People are told that the card which they have chosen for a month that is not paid could not be
 * charged either: Stripe does not count that as one of its attempts, so nothing else tells it.
 */
@Component
class TellDeclinedReplacement implements ReplacementListener {

  private final Subscriptions subscriptions;
  private final PaymentMethodQueries paymentMethods;
  private final Outbox outbox;
  private final Clock clock;

  TellDeclinedReplacement(
      Subscriptions subscriptions,
      PaymentMethodQueries paymentMethods,
      Outbox outbox,
      Clock clock) {
    this.subscriptions = subscriptions;
    this.paymentMethods = paymentMethods;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public void declined(Invoice invoice, DeclinedCard card) {
    subscriptions
        .lock(invoice.organizationId())
        .filter(subscription -> invoice.isOf(subscription.stripeId()))
        .filter(found -> found.isInArrears() || invoice.told().isOfNextPeriod())
        .ifPresent(subscription ->
            // One that was removed meanwhile is none to be told of.
            paymentMethods
                .find(invoice.organizationId(), card.methodId())
                .ifPresent(method -> outbox.append(event(subscription, invoice, card, method))));
  }

  private ReplacementCardDeclined event(
      Subscription subscription, Invoice invoice, DeclinedCard card, PaymentMethodView method) {
    return new ReplacementCardDeclined(
        subscription.organizationId(),
        subscription.subscribedPlanId(),
        method.id(),
        method.brand(),
        method.last4(),
        invoice.told().remaining().toAmount(),
        card.declineCode(),
        subscription.graceEndsAt(),
        clock.instant());
  }
}
