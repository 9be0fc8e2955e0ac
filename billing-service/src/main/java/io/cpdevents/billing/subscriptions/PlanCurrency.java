package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.ledger.LedgerQueries;
import io.cpdevents.billing.plans.Plan;
import io.cpdevents.billing.plans.PlanQueries;
import io.cpdevents.platform.error.RuleViolation;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The currency in which an organization pays for its plan. It may be another one as long as nothing
 * was paid and nothing runs: Stripe has one currency for all running subscriptions of a customer,
 * and no subscription changes its own.
 */
@Component
class PlanCurrency {

  private final LedgerQueries ledger;
  private final PlanQueries plans;

  PlanCurrency(LedgerQueries ledger, PlanQueries plans) {
    this.ledger = ledger;
    this.plans = plans;
  }

  /**
   * The one that somebody wants; otherwise the one that it has, or in which alone buyers have paid
   * it.
   *
   * @param wanted null when nobody has said
   * @throws RuleViolation 409 {@code currency-fixed}
   */
  Currency of(Subscription subscription, @Nullable Currency wanted) {
    if (wanted == null) {
      return hasChosen(subscription) ? subscription.currency() : usual(subscription);
    }
    if (isFixed(subscription) && !wanted.equals(subscription.currency())) {
      throw BillingProblem.CURRENCY_FIXED.violation();
    }
    return wanted;
  }

  private static boolean isFixed(Subscription subscription) {
    AtStripe atStripe = subscription.atStripe();
    return switch (subscription.status()) {
      case FREE -> atStripe != null && atStripe.isPaid();
      case TRIAL_REQUESTED, TRIALING, ACTIVE, PAST_DUE, GRACE -> true;
    };
  }

  /** Whether it has ever had a plan, or asked for one in a currency. */
  private static boolean hasChosen(Subscription subscription) {
    return isFixed(subscription)
        || subscription.trial() != null
        || !subscription.currency().equals(Subscription.DEFAULT_CURRENCY);
  }

  private Currency usual(Subscription subscription) {
    List<Currency> earned =
        ledger.currenciesOf(subscription.organizationId()).stream().filter(this::isSold).toList();
    return earned.size() == 1 ? earned.getFirst() : subscription.currency();
  }

  private boolean isSold(Currency currency) {
    return plans.plan(Plan.TRIED).prices().stream()
        .anyMatch(price -> price.currency().equals(currency));
  }
}
