package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.paymentmethods.OrganizationCustomerQueries;
import io.cpdevents.billing.plans.EnsurePrice;
import io.cpdevents.billing.plans.Plan;
import io.cpdevents.billing.plans.PlanQueries;
import io.cpdevents.billing.stripe.StripeSubscriptions;
import io.cpdevents.billing.stripe.StripeSubscriptions.Preview;
import io.cpdevents.billing.stripe.StripeSubscriptions.PreviewLine;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An organization sees what another plan costs, when it begins, and what it uses now that the other
 * plan does not allow. What is charged for the change is the same to the cent, for some minutes.
 */
@Component
public class PreviewPlanChange {

  /**
   * What somebody wants to see.
   *
   * @param currency null for the one in which the organization pays
   */
  public record Command(UUID organizationId, String planId, @Nullable Currency currency) {}

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Subscriptions subscriptions;
  private final SaveSubscription save;
  private final PlanChanges changes;
  private final PlanChangeRules rules;
  private final LearnMonth learnMonth;
  private final RefuseUnpaidUpgrade refuseUnpaidUpgrade;
  private final EnsurePrice ensurePrice;
  private final PlanQueries plans;
  private final PresentUsage usage;
  private final OrganizationCustomerQueries customers;
  private final StripeSubscriptions stripe;
  private final TransactionTemplate transaction;
  private final Clock clock;

  PreviewPlanChange(
      Subscriptions subscriptions,
      SaveSubscription save,
      PlanChanges changes,
      PlanChangeRules rules,
      LearnMonth learnMonth,
      RefuseUnpaidUpgrade refuseUnpaidUpgrade,
      EnsurePrice ensurePrice,
      PlanQueries plans,
      PresentUsage usage,
      OrganizationCustomerQueries customers,
      StripeSubscriptions stripe,
      TransactionTemplate transaction,
      Clock clock) {
    this.subscriptions = subscriptions;
    this.save = save;
    this.changes = changes;
    this.rules = rules;
    this.learnMonth = learnMonth;
    this.refuseUnpaidUpgrade = refuseUnpaidUpgrade;
    this.ensurePrice = ensurePrice;
    this.plans = plans;
    this.usage = usage;
    this.customers = customers;
    this.stripe = stripe;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Asks Stripe for it, and keeps it.
   *
   * @throws RuleViolation what {@link PlanChangeRules} and {@link RefuseUnpaidUpgrade} refuse by,
   *     503 {@code stripe-unavailable}
   */
  public PlanChangePreviewView handle(Command command) {
    learnMonth.handle(command.organizationId());
    PlannedChange planned = Objects.requireNonNull(transaction.execute(_ -> planned(command)));
    Instant prorationDate = planned.prorationDate(clock.instant());
    Plan plan = plans.plan(planned.planId());
    Money price = plan.price(planned.currency());
    Preview cost = cost(command.organizationId(), planned, prorationDate, price);
    Instant now = clock.instant();
    PlanChangePreview preview =
        new PlanChangePreview(
            Ids.next(),
            command.organizationId(),
            planned.fromPlanId(),
            planned.planId(),
            prorationDate,
            price,
            cost.due(),
            planned.effectiveAt(),
            now.plus(PlanChangePreview.TIME));
    transaction.executeWithoutResult(_ -> {
      changes.forgetPreviews(now);
      changes.insert(preview);
    });
    return new PlanChangePreviewView(
        preview.id(),
        preview.planId(),
        preview.due(),
        price,
        preview.prorationDate(),
        preview.effectiveAt(),
        preview.expiresAt(),
        cost.lines().stream()
            .map(line -> new PlanChangePreviewView.Line(line.description(), line.amount()))
            .toList(),
        plan.limits(),
        usage.of(command.organizationId()).map(used -> used.beyond(plan.limits())).orElse(null));
  }

  private PlannedChange planned(Command command) {
    UUID organizationId = command.organizationId();
    save.ifAbsent(Subscription.free(organizationId, clock.instant()));
    return rules.handle(
        subscriptions.lock(organizationId).orElseThrow(),
        new PlanChangeRules.Wish(organizationId, command.planId(), command.currency()));
  }

  private Preview cost(
      UUID organizationId, PlannedChange planned, Instant prorationDate, Money price) {
    if (!planned.isCharged()) {
      return new Preview(Money.zero(planned.currency()), List.of(), false);
    }
    String subscriptionId = planned.stripeSubscriptionId();
    try {
      return subscriptionId == null
          ? purchase(organizationId, planned, price)
          : refuseUnpaidUpgrade.handle(planned, prorationDate);
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    } catch (StripeRefused refused) {
      throw CommonProblem.WRONG_STATE.violation("Stripe does not change this plan now.");
    }
  }

  /** Who is no customer of Stripe yet has nothing there that would pay a part of it. */
  private Preview purchase(UUID organizationId, PlannedChange planned, Money price) {
    return customers
        .stripeIdOf(organizationId)
        .map(customer ->
            stripe.previewPurchase(
                customer, ensurePrice.handle(planned.planId(), planned.currency())))
        .orElseGet(
            () -> new Preview(price, List.of(new PreviewLine(planned.planId(), price)), false));
  }
}
