package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.plans.Plan;
import io.cpdevents.billing.plans.PlanQueries;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An organization tries the Professional plan for 14 days, once, and once for each of its owners.
 * What was requested is begun by a job when Stripe cannot be asked now.
 */
@Component
public class RequestTrial {

  /**
   * Who requests the trial of which organization.
   *
   * @param accountId the person, also when an API key asks for them
   * @param currency in which the organization pays from its end on; null for the one that it has
   */
  public record Command(UUID organizationId, UUID accountId, @Nullable Currency currency) {}

  private static final Logger log = LoggerFactory.getLogger(RequestTrial.class);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Subscriptions subscriptions;
  private final OpenOrganizations openOrganizations;
  private final TrialUses trials;
  private final PlanChanges changes;
  private final PlanCurrency planCurrency;
  private final PlanQueries plans;
  private final SaveSubscription save;
  private final BeginTrial beginTrial;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;
  private final Clock clock;

  RequestTrial(
      Subscriptions subscriptions,
      OpenOrganizations openOrganizations,
      TrialUses trials,
      PlanChanges changes,
      PlanCurrency planCurrency,
      PlanQueries plans,
      SaveSubscription save,
      BeginTrial beginTrial,
      AuditTrail audit,
      TransactionTemplate transaction,
      Clock clock) {
    this.subscriptions = subscriptions;
    this.openOrganizations = openOrganizations;
    this.trials = trials;
    this.changes = changes;
    this.planCurrency = planCurrency;
    this.plans = plans;
    this.save = save;
    this.beginTrial = beginTrial;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Requests it, and has Stripe begin it; again, if that has not succeeded.
   *
   * @throws RuleViolation 409 {@code trial-used}, {@code trial-refused}, {@code change-pending},
   *     {@code currency-fixed} or {@code wrong-state}, 422 {@code currency-not-supported}, 503
   *     {@code stripe-unavailable}
   */
  public void handle(Command command) {
    transaction.executeWithoutResult(_ -> request(command));
    try {
      beginTrial.handle(command.organizationId());
    } catch (StripeUnavailable unavailable) {
      if (isBegun(command.organizationId())) {
        return;
      }
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    } catch (StripeRefused refused) {
      log.error("The trial of {} was refused", command.organizationId(), refused);
      throw BillingProblem.TRIAL_REFUSED.violation();
    }
  }

  /** Somebody else may have requested the same, and been answered. */
  private boolean isBegun(UUID organizationId) {
    return subscriptions.find(organizationId).orElseThrow().status()
        != SubscriptionStatus.TRIAL_REQUESTED;
  }

  private void request(Command command) {
    UUID organizationId = command.organizationId();
    Instant now = clock.instant();
    save.ifAbsent(Subscription.free(organizationId, now));
    Subscription subscription = subscriptions.lock(organizationId).orElseThrow();
    openOrganizations.require(organizationId);
    if (subscription.status() == SubscriptionStatus.TRIAL_REQUESTED) {
      return;
    }
    if (changes.live(organizationId).isPresent()) {
      throw BillingProblem.CHANGE_PENDING.violation();
    }
    Set<UUID> owners = trials.owners(organizationId);
    // An organization of which nothing has been told is so new that only its founder knows it.
    if (!trials.use(organizationId, owners.isEmpty() ? Set.of(command.accountId()) : owners, now)) {
      throw BillingProblem.TRIAL_USED.violation();
    }
    Currency currency = planCurrency.of(subscription, command.currency());
    // Refused here, before a trial that could never begin is used.
    plans.plan(Plan.TRIED).price(currency);
    subscription
        .withCurrency(currency)
        .requestTrial(Plan.TRIED, now)
        .ifPresent(requested -> {
          subscriptions.update(requested);
          audit.record(
              "trial.requested",
              "organization",
              organizationId.toString(),
              organizationId,
              new Change(
                  Map.of("planId", Plan.FREE),
                  Map.of("planId", requested.requiredTrial().planId())));
        });
  }
}
