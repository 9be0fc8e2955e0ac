package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.invoices.InvoiceQueries;
import io.cpdevents.billing.paymentmethods.PaymentMethodQueries;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The read side of subscriptions. */
@Component
public class SubscriptionQueries {

  private final Subscriptions subscriptions;
  private final PlanChanges changes;
  private final PlanCurrency planCurrency;
  private final PaymentMethodQueries paymentMethods;
  private final InvoiceQueries invoices;
  private final Clock clock;

  SubscriptionQueries(
      Subscriptions subscriptions,
      PlanChanges changes,
      PlanCurrency planCurrency,
      PaymentMethodQueries paymentMethods,
      InvoiceQueries invoices,
      Clock clock) {
    this.subscriptions = subscriptions;
    this.changes = changes;
    this.planCurrency = planCurrency;
    this.paymentMethods = paymentMethods;
    this.invoices = invoices;
    this.clock = clock;
  }

  /** The plan of an organization; one of which nothing has been told yet is on the Free plan. */
  @Transactional(readOnly = true)
  public SubscriptionView ofOrganization(UUID organizationId) {
    Instant now = clock.instant();
    Subscription subscription =
        subscriptions.find(organizationId).orElseGet(() -> Subscription.free(organizationId, now));
    return SubscriptionView.of(
        subscription.withCurrency(planCurrency.of(subscription, null)),
        period(subscription, now),
        subscriptions.renews(organizationId),
        paymentMethods.canPay(organizationId),
        changes.live(organizationId).orElse(null),
        Optional.ofNullable(subscription.stripeId())
            .filter(_ -> subscription.status() != SubscriptionStatus.FREE)
            .flatMap(invoices::authenticationUrl)
            .orElse(null));
  }

  private SubscriptionView.Period period(Subscription subscription, Instant now) {
    return switch (subscription.status()) {
      case TRIALING ->
          new SubscriptionView.Period(
              subscription.requiredTrial().startedAt(), subscription.requiredTrial().endsAt());
      case ACTIVE, PAST_DUE, GRACE ->
          subscriptions
              .period(subscription.organizationId())
              .map(paid -> new SubscriptionView.Period(paid.start(), paid.end()))
              .orElseGet(() -> month(now));
      case FREE, TRIAL_REQUESTED -> month(now);
    };
  }

  private static SubscriptionView.Period month(Instant now) {
    ZonedDateTime first = now.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
    return new SubscriptionView.Period(first.toInstant(), first.plusMonths(1).toInstant());
  }
}
