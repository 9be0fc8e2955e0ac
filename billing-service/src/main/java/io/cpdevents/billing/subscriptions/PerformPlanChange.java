package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.paymentmethods.EnsureOrganizationCustomer;
import io.cpdevents.billing.plans.EnsurePrice;
import io.cpdevents.billing.stripe.StripeSubscription;
import io.cpdevents.billing.stripe.StripeSubscriptions;
import io.cpdevents.billing.stripe.StripeSubscriptions.PurchaseRequest;
import io.cpdevents.billing.stripe.StripeSubscriptions.UpgradeRequest;
import io.cpdevents.platform.stripe.StripeFailed;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stripe does what is the next step of a change of plan, and what it says of the subscription
 * afterwards is taken over. Every step is found again when it is repeated: under its key, and when
 * Stripe has forgotten that, by what there is.
 */
@Component
class PerformPlanChange {

  private static final Logger log = LoggerFactory.getLogger(PerformPlanChange.class);

  private static final int MAX_LOOKS = 3;

  private final PlanChanges changes;
  private final EnsureOrganizationCustomer ensureCustomer;
  private final EnsurePrice ensurePrice;
  private final Subscriptions subscriptions;
  private final DropPlanChange drop;
  private final RefuseUnpaidUpgrade refuseUnpaidUpgrade;
  private final TakeOverSubscription takeOver;
  private final ApplyPlanChange apply;
  private final StripeSubscriptions stripe;
  private final TransactionTemplate transaction;
  private final Clock clock;

  PerformPlanChange(
      PlanChanges changes,
      EnsureOrganizationCustomer ensureCustomer,
      EnsurePrice ensurePrice,
      Subscriptions subscriptions,
      DropPlanChange drop,
      RefuseUnpaidUpgrade refuseUnpaidUpgrade,
      TakeOverSubscription takeOver,
      ApplyPlanChange apply,
      StripeSubscriptions stripe,
      TransactionTemplate transaction,
      Clock clock) {
    this.changes = changes;
    this.ensureCustomer = ensureCustomer;
    this.ensurePrice = ensurePrice;
    this.subscriptions = subscriptions;
    this.drop = drop;
    this.refuseUnpaidUpgrade = refuseUnpaidUpgrade;
    this.takeOver = takeOver;
    this.apply = apply;
    this.stripe = stripe;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Goes on with a change.
   *
   * @throws StripeUnavailable when Stripe cannot be asked now
   */
  void handle(UUID changeId) {
    PlanChange change = changes.get(changeId);
    try {
      step(change);
    } catch (StripeFailed failed) {
      // Stripe may have stored the failure under the key.
      changes.beginNextAttempt(change);
      throw failed;
    } catch (StripeRefused refused) {
      // It may be done already, or be impossible: the subscription tells.
      log.warn("Stripe refuses a step of the change of plan {}", changeId, refused);
    }
    // A webhook's answer may be a later one than ours, and not know that the request is answered.
    int looks = 0;
    do {
      takeOver(changes.get(changeId));
      looks++;
    } while (isUndecided(changes.get(changeId)) && looks < MAX_LOOKS);
  }

  private static boolean isUndecided(PlanChange change) {
    return change.status() == PlanChangeStatus.REQUESTED
        || change.status() == PlanChangeStatus.CALL_OFF_REQUESTED;
  }

  private void takeOver(PlanChange change) {
    String subscriptionId = change.stripeSubscriptionId();
    if (subscriptionId == null) {
      // Stripe has never made it, and has forgotten the key by now.
      transaction.executeWithoutResult(
          _ -> apply.handle(change.id(), SeenPlanChange.of(PlanChangeTrigger.LAPSED)));
      return;
    }
    long question = subscriptions.nextQuestion();
    takeOver.handle(
        new TakeOverSubscription.Command(
            change.organizationId(), stripe.subscription(subscriptionId), question, true));
  }

  private void step(PlanChange change) {
    switch (change.status()) {
      case REQUESTED -> request(change);
      case CALL_OFF_REQUESTED -> drop(change);
      case AWAITING_AUTHENTICATION, SCHEDULED, APPLIED, FAILED, EXPIRED, CALLED_OFF -> {}
    }
  }

  private void request(PlanChange change) {
    switch (change.kind()) {
      case PURCHASE -> purchase(change);
      case UPGRADE -> upgrade(change);
      case DOWNGRADE -> schedule(change);
    }
  }

  private void purchase(PlanChange change) {
    if (change.stripeSubscriptionId() != null) {
      return;
    }
    String customerId = ensureCustomer.handle(change.organizationId());
    Optional<StripeSubscription> made =
        stripe.subscriptionsOf(customerId).stream().filter(change::isAbout).findFirst();
    if (made.isEmpty() && change.isKeyKnown(clock.instant())) {
      made =
          Optional.of(
              stripe.purchase(
                  new PurchaseRequest(
                      change.organizationId(),
                      change.id(),
                      customerId,
                      ensurePrice.handle(change.planId(), change.currency()),
                      change.key("plan-purchase"))));
    }
    made.ifPresent(found -> changes.identify(change, found.id()));
  }

  private void upgrade(PlanChange change) {
    if (!change.isKeyKnown(clock.instant())) {
      return;
    }
    StripeSubscription present = stripe.subscription(change.requiredSubscription());
    if (change.endsTrial() && present.status() != StripeSubscription.Status.TRIALING) {
      // It has ended by itself: Stripe would give back a part of a month that nobody has paid.
      return;
    }
    if (refuseUnpaidUpgrade.isOfUnpaidMonth(present.id(), change.endsTrial())) {
      // The next month has begun meanwhile.
      return;
    }
    letGo(present, change.key("plan-release"));
    stripe.upgrade(
        new UpgradeRequest(
            present.id(),
            present.item().id(),
            ensurePrice.handle(change.planId(), change.currency()),
            change.prorationDate(),
            change.endsTrial()),
        change.key("plan-upgrade"));
  }

  /** The schedule of a change that has come would go on for its month. */
  private void letGo(StripeSubscription subscription, String idempotencyKey) {
    String scheduleId = subscription.scheduleId();
    if (scheduleId != null) {
      stripe.release(scheduleId, idempotencyKey);
    }
  }

  private void schedule(PlanChange change) {
    StripeSubscription present = stripe.subscription(change.requiredSubscription());
    String priceId = ensurePrice.handle(change.planId(), change.currency());
    String scheduleId = present.scheduleId();
    if (scheduleId == null) {
      if (!change.isKeyKnown(clock.instant())) {
        return;
      }
      scheduleId = stripe.createSchedule(present.id(), change.key("plan-schedule"));
    }
    if (!priceId.equals(stripe.schedule(scheduleId).nextPriceId())) {
      stripe.scheduleNext(scheduleId, present, priceId, change.key("plan-next"));
    }
  }

  private void drop(PlanChange change) {
    drop.handle(
        new DropPlanChange.Command(change, stripe.subscription(change.requiredSubscription())));
  }
}
