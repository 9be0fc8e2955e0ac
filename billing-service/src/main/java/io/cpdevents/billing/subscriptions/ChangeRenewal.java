package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.stripe.StripeSubscriptions;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

  /**
   * What was written before Stripe is asked.
   *
   * @param attempt of the organization, from 1
   */
  private record Intended(UUID organizationId, String stripeId, int attempt) {

    /** The idempotency key at Stripe. */
    String key() {
      return "renewal:%s:%d".formatted(organizationId, attempt);
    }
  }

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** Longer than all requests to Stripe take: whoever has not ended it by then has died. */
  private static final Duration MAX_CHANGE_TIME = Duration.ofMinutes(3);

  private final Subscriptions subscriptions;
  private final OpenOrganizations openOrganizations;
  private final PlanChanges changes;
  private final SaveSubscription saveSubscription;
  private final SettleSubscription settleSubscription;
  private final EndPlan endPlan;
  private final StripeSubscriptions stripe;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;
  private final Clock clock;

  ChangeRenewal(
      Subscriptions subscriptions,
      OpenOrganizations openOrganizations,
      PlanChanges changes,
      SaveSubscription saveSubscription,
      SettleSubscription settleSubscription,
      EndPlan endPlan,
      StripeSubscriptions stripe,
      AuditTrail audit,
      TransactionTemplate transaction,
      Clock clock) {
    this.subscriptions = subscriptions;
    this.openOrganizations = openOrganizations;
    this.changes = changes;
    this.saveSubscription = saveSubscription;
    this.settleSubscription = settleSubscription;
    this.endPlan = endPlan;
    this.stripe = stripe;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Does it, unless it is known to be so. A plan that is not paid in its grace, or of which no
   * month ever was, ends at once: what is open of it is paid by no card any more.
   *
   * @throws RuleViolation 409 {@code wrong-state} when there is no plan that could end, {@code
   *     change-pending}, 503 {@code stripe-unavailable}
   */
  public void handle(Command command) {
    if (!command.renews() && endsAtOnce(command.organizationId())) {
      return;
    }
    Optional<Intended> intended = Objects.requireNonNull(transaction.execute(_ -> intend(command)));
    intended.ifPresent(wanted -> {
      boolean isKnown = false;
      try {
        change(wanted, command.renews());
        isKnown = true;
      } catch (StripeUnavailable unavailable) {
        throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
      } catch (StripeRefused refused) {
        throw CommonProblem.WRONG_STATE.violation("Stripe does not change this plan now.");
      } finally {
        subscriptions.endRenewalChange(
            wanted.organizationId(), wanted.attempt(), isKnown ? null : clock.instant());
      }
    });
  }

  private boolean endsAtOnce(UUID organizationId) {
    boolean isToEnd = Boolean.TRUE.equals(transaction.execute(_ -> isToEndAtOnce(organizationId)));
    if (!isToEnd) {
      return false;
    }
    try {
      if (!endPlan.atOnce(organizationId)) {
        throw BillingProblem.CHANGE_PENDING.violation();
      }
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    } catch (StripeRefused refused) {
      throw CommonProblem.WRONG_STATE.violation("Stripe does not change this plan now.");
    }
    // Paid meanwhile: then it ends with its month.
    return subscriptions.find(organizationId).orElseThrow().status() == SubscriptionStatus.FREE;
  }

  private boolean isToEndAtOnce(UUID organizationId) {
    Optional<Subscription> found =
        subscriptions.lock(organizationId).filter(Subscription::canEndAtOnce);
    found.ifPresent(subscription -> {
      if (changes.live(organizationId).isPresent()) {
        throw BillingProblem.CHANGE_PENDING.violation();
      }
      // Written before Stripe is asked: who does not hear the answer has it end all the same. One
      // that Stripe would try again is written as one in a grace, which is over.
      subscription
          .on(
              SubscriptionTrigger.RETRIES_EXHAUSTED,
              subscription.requiredAtStripe(),
              clock.instant())
          .ifPresent(saveSubscription::entitled);
      subscriptions.endGrace(organizationId, clock.instant());
      record("subscription.cancelled", subscription, false);
    });
    return found.isPresent();
  }

  private void record(String action, Subscription subscription, boolean renews) {
    UUID organizationId = subscription.organizationId();
    audit.record(
        action,
        "organization",
        organizationId.toString(),
        organizationId,
        new Change(
                Map.of("renews", Boolean.toString(subscriptions.renews(organizationId))),
                Map.of("renews", Boolean.toString(renews)))
            .with(Map.of("planId", subscription.subscribedPlanId())));
  }

  private void change(Intended intended, boolean renews) {
    try {
      // Stripe leaves the end of what has a schedule to the schedule: that of a change that has
      // come.
      String scheduleId = stripe.subscription(intended.stripeId()).scheduleId();
      if (scheduleId != null) {
        stripe.release(scheduleId, intended.key() + ":release");
      }
      stripe.setRenewal(intended.stripeId(), renews, intended.key());
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
    if (command.renews()) {
      openOrganizations.require(organizationId);
    }
    if (changes.live(organizationId).isPresent()
        || subscriptions.isRenewalChanging(organizationId, clock.instant())) {
      throw BillingProblem.CHANGE_PENDING.violation();
    }
    if (subscriptions.renews(organizationId) == command.renews()
        && subscriptions.isRenewalKnown(organizationId)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    int attempt =
        subscriptions
            .beginRenewalChange(organizationId, now, now.plus(MAX_CHANGE_TIME))
            .orElseThrow(BillingProblem.CHANGE_PENDING::violation);
    record(
        command.renews() ? "subscription.resumed" : "subscription.cancelled",
        subscription,
        command.renews());
    return Optional.of(new Intended(organizationId, subscription.requiredAtStripe().id(), attempt));
  }
}
