package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.stripe.StripeSubscriptions;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An organization lets its plan end with the month that is paid or tried, or lets it go on after
 * all. Stripe does it, and what it says afterwards is taken over; whoever dies between the two has
 * Stripe's event take it over.
 */
@Component
public class ChangeRenewal {

  /**
   * What the organization wants.
   *
   * @param renews whether the plan goes on after its month
   */
  public record Command(UUID organizationId, boolean renews) {}

  /** What was written before Stripe is asked. */
  private record Intended(String stripeId, String idempotencyKey) {}

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Subscriptions subscriptions;
  private final PlanChanges changes;
  private final SettleSubscription settleSubscription;
  private final StripeSubscriptions stripe;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;

  ChangeRenewal(
      Subscriptions subscriptions,
      PlanChanges changes,
      SettleSubscription settleSubscription,
      StripeSubscriptions stripe,
      AuditTrail audit,
      TransactionTemplate transaction) {
    this.subscriptions = subscriptions;
    this.changes = changes;
    this.settleSubscription = settleSubscription;
    this.stripe = stripe;
    this.audit = audit;
    this.transaction = transaction;
  }

  /**
   * Does it, unless it is so.
   *
   * @throws RuleViolation 409 {@code wrong-state} when there is no plan that could end, {@code
   *     change-pending}, 503 {@code stripe-unavailable}
   */
  public void handle(Command command) {
    Optional<Intended> intended = Objects.requireNonNull(transaction.execute(_ -> intend(command)));
    try {
      intended.ifPresent(wanted -> change(wanted, command.renews()));
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    }
  }

  private void change(Intended intended, boolean renews) {
    try {
      // Stripe leaves the end of what has a schedule to the schedule: that of a change that has
      // come.
      String scheduleId = stripe.subscription(intended.stripeId()).scheduleId();
      if (scheduleId != null) {
        stripe.release(scheduleId, intended.idempotencyKey() + ":release");
      }
      stripe.setRenewal(intended.stripeId(), renews, intended.idempotencyKey());
    } catch (StripeRefused refused) {
      // It may have ended meanwhile.
      settleSubscription.handle(intended.stripeId());
      throw CommonProblem.WRONG_STATE.violation("Stripe does not change this plan any more.");
    }
    settleSubscription.handle(intended.stripeId());
  }

  private Optional<Intended> intend(Command command) {
    UUID organizationId = command.organizationId();
    Subscription subscription =
        subscriptions
            .lock(organizationId)
            .filter(Subscription::isExpectedToPay)
            .orElseThrow(() ->
                CommonProblem.WRONG_STATE.violation("The organization has no plan that renews."));
    if (changes.live(organizationId).isPresent()) {
      throw BillingProblem.CHANGE_PENDING.violation();
    }
    if (subscriptions.renews(organizationId) == command.renews()) {
      return Optional.empty();
    }
    audit.record(
        command.renews() ? "subscription.resumed" : "subscription.cancelled",
        "organization",
        organizationId.toString(),
        organizationId,
        Map.of("planId", subscription.subscribedPlanId()));
    return Optional.of(
        new Intended(
            subscription.requiredAtStripe().id(),
            "renewal:%s:%d"
                .formatted(organizationId, subscriptions.nextRenewalAttempt(organizationId))));
  }
}
