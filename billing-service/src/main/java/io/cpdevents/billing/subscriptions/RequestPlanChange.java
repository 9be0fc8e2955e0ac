package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.paymentmethods.PaymentMethodQueries;
import io.cpdevents.billing.plans.PlanQueries;
import io.cpdevents.billing.stripe.StripeSubscription;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An organization changes its plan: to a larger one at once, when that is paid, to a smaller one
 * with the next month. What was requested is done by a job when Stripe cannot be asked now.
 */
@Component
public class RequestPlanChange {

  /**
   * What is wanted.
   *
   * @param currency null for the one in which the organization pays
   * @param previewId whose price counts; null for that of this second
   */
  public record Command(
      UUID organizationId, String planId, @Nullable Currency currency, @Nullable UUID previewId) {}

  /** An upgrade, and the moment as of which Stripe computes what it costs. */
  private record Upgrade(PlannedChange planned, Instant prorationDate) {}

  /**
   * That a card is blocked is its bank's to say, since a thief would learn from it:
   * https://docs.stripe.com/declines/codes.
   */
  private static final Set<String> UNSPOKEN_DECLINES =
      Set.of(
          "fraudulent",
          "lost_card",
          "merchant_blacklist",
          "pickup_card",
          "restricted_card",
          "stolen_card");

  private static final String GENERIC_DECLINE = "generic_decline";
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Subscriptions subscriptions;
  private final SaveSubscription save;
  private final PlanChanges changes;
  private final PlanChangeRules rules;
  private final PlanQueries plans;
  private final PaymentMethodQueries paymentMethods;
  private final ChangeRenewal changeRenewal;
  private final PerformPlanChange perform;
  private final LearnMonth learnMonth;
  private final RefuseUnpaidUpgrade refuseUnpaidUpgrade;
  private final LimitDeclinedChanges limitDeclined;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;
  private final Clock clock;

  RequestPlanChange(
      Subscriptions subscriptions,
      SaveSubscription save,
      PlanChanges changes,
      PlanChangeRules rules,
      PlanQueries plans,
      PaymentMethodQueries paymentMethods,
      ChangeRenewal changeRenewal,
      PerformPlanChange perform,
      LearnMonth learnMonth,
      RefuseUnpaidUpgrade refuseUnpaidUpgrade,
      LimitDeclinedChanges limitDeclined,
      AuditTrail audit,
      TransactionTemplate transaction,
      Clock clock) {
    this.subscriptions = subscriptions;
    this.save = save;
    this.changes = changes;
    this.rules = rules;
    this.plans = plans;
    this.paymentMethods = paymentMethods;
    this.changeRenewal = changeRenewal;
    this.perform = perform;
    this.learnMonth = learnMonth;
    this.refuseUnpaidUpgrade = refuseUnpaidUpgrade;
    this.limitDeclined = limitDeclined;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Requests it, and has Stripe do it.
   *
   * @throws RuleViolation what {@link PlanChangeRules} and {@link RefuseUnpaidUpgrade} refuse by,
   *     402 {@code payment-method-required}, {@code authentication-required} or {@code
   *     payment-failed}, 409 {@code preview-expired}, 429 {@code too-many-requests}, 503 {@code
   *     stripe-unavailable}
   */
  public void handle(Command command) {
    learnMonth.handle(command.organizationId());
    judge(command);
    Optional<PlanChange> requested =
        Objects.requireNonNull(transaction.execute(_ -> request(command)));
    if (requested.isEmpty()) {
      changeRenewal.handle(new ChangeRenewal.Command(command.organizationId(), false));
      return;
    }
    UUID id = requested.get().id();
    try {
      perform.handle(id);
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    } catch (StripeRefused refused) {
      throw notNow();
    }
    answer(changes.get(id));
  }

  /** What would be charged is asked of Stripe before anything is written. */
  private void judge(Command command) {
    Optional<Upgrade> upgrade = Objects.requireNonNull(transaction.execute(_ -> upgrade(command)));
    try {
      upgrade.ifPresent(
          wanted -> refuseUnpaidUpgrade.handle(wanted.planned(), wanted.prorationDate()));
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    } catch (StripeRefused refused) {
      throw notNow();
    }
  }

  private Optional<Upgrade> upgrade(Command command) {
    UUID organizationId = command.organizationId();
    save.ifAbsent(Subscription.free(organizationId, clock.instant()));
    Subscription subscription = subscriptions.lock(organizationId).orElseThrow();
    requireNothingToAuthenticate(command);
    PlannedChange planned = planned(subscription, command);
    return planned.kind() == PlanChange.Kind.UPGRADE && paymentMethods.canPay(organizationId)
        ? Optional.of(new Upgrade(planned, prorationDate(command, planned)))
        : Optional.empty();
  }

  private PlannedChange planned(Subscription subscription, Command command) {
    return rules.handle(
        subscription,
        new PlanChangeRules.Wish(command.organizationId(), command.planId(), command.currency()));
  }

  private static RuleViolation notNow() {
    return CommonProblem.WRONG_STATE.violation("Stripe does not change this plan now.");
  }

  private static void answer(PlanChange change) {
    switch (change.status()) {
      case APPLIED, SCHEDULED, CALL_OFF_REQUESTED, CALLED_OFF -> {}
      case AWAITING_AUTHENTICATION -> throw authenticationRequired(change);
      case FAILED, EXPIRED -> throw failed(change);
      case REQUESTED -> throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    }
  }

  private static RuleViolation authenticationRequired(PlanChange change) {
    return BillingProblem.AUTHENTICATION_REQUIRED.violation(
        Map.of("url", Objects.requireNonNull(change.authenticationUrl())));
  }

  private static RuleViolation failed(PlanChange change) {
    String declineCode = change.declineCode();
    return declineCode == null
        ? notNow()
        : BillingProblem.PAYMENT_FAILED.violation(Map.of("declineCode", shown(declineCode)));
  }

  /** Empty when the plan is to end with its month. */
  private Optional<PlanChange> request(Command command) {
    UUID organizationId = command.organizationId();
    save.ifAbsent(Subscription.free(organizationId, clock.instant()));
    Subscription subscription = subscriptions.lock(organizationId).orElseThrow();
    requireNothingToAuthenticate(command);
    PlannedChange planned = planned(subscription, command);
    Instant prorationDate = prorationDate(command, planned);
    PlanChange.Kind kind = planned.kind();
    if (kind == null) {
      return Optional.empty();
    }
    if (planned.isCharged()) {
      if (!paymentMethods.canPay(organizationId)) {
        throw BillingProblem.PAYMENT_METHOD_REQUIRED.violation();
      }
      limitDeclined.handle(organizationId);
    }
    if (!planned.currency().equals(subscription.currency())) {
      subscriptions.update(subscription.withCurrency(planned.currency()));
    }
    PlanChange change =
        PlanChange.requested(
            new PlanChange.Wanted(
                Ids.next(),
                organizationId,
                kind,
                planned.fromPlanId(),
                planned.planId(),
                planned.currency(),
                prorationDate,
                planned.effectiveAt(),
                planned.endsTrial(),
                planned.stripeSubscriptionId()),
            clock.instant());
    if (!changes.insert(change)) {
      throw BillingProblem.CHANGE_PENDING.violation();
    }
    audit.record(
        "plan-change.requested",
        "plan-change",
        change.id().toString(),
        organizationId,
        new Change(Map.of("planId", change.fromPlanId()), Map.of("planId", change.planId())));
    return Optional.of(change);
  }

  /** Who asks once more for what waits for the bank is shown where to go on. */
  private void requireNothingToAuthenticate(Command command) {
    changes
        .live(command.organizationId())
        .filter(live -> live.status() == PlanChangeStatus.AWAITING_AUTHENTICATION)
        .filter(live -> live.planId().equals(command.planId()))
        .ifPresent(live -> {
          throw authenticationRequired(live);
        });
  }

  private static String shown(String declineCode) {
    return UNSPOKEN_DECLINES.contains(declineCode) ? GENERIC_DECLINE : declineCode;
  }

  private Instant prorationDate(Command command, PlannedChange planned) {
    UUID previewId = command.previewId();
    if (previewId == null) {
      return planned.prorationDate(clock.instant());
    }
    Money price = plans.plan(planned.planId()).price(planned.currency());
    return changes
        .preview(command.organizationId(), previewId)
        .filter(preview -> preview.isOf(planned, price, clock.instant()))
        .map(PlanChangePreview::prorationDate)
        // One that charges nothing was compared by when it comes: its date is of our clock.
        .filter(date -> !planned.isCharged() || !isOfEarlierMonth(command.organizationId(), date))
        .orElseThrow(BillingProblem.PREVIEW_EXPIRED::violation);
  }

  private boolean isOfEarlierMonth(UUID organizationId, Instant date) {
    return subscriptions
        .period(organizationId)
        .map(StripeSubscription.Period::start)
        .filter(date::isBefore)
        .isPresent();
  }
}
