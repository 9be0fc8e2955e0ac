package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.paymentmethods.EnsureOrganizationCustomer;
import io.cpdevents.billing.plans.EnsurePrice;
import io.cpdevents.billing.stripe.StripeSubscription;
import io.cpdevents.billing.stripe.StripeSubscriptions;
import io.cpdevents.billing.stripe.StripeSubscriptions.TrialRequest;
import io.cpdevents.platform.stripe.StripeFailed;
import io.cpdevents.platform.stripe.StripeRefused;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stripe begins a trial that was requested. Every step is found again when it is repeated: the
 * customer in its row, the price by its lookup key, the subscription at its customer.
 */
@Component
class BeginTrial {

  private final Subscriptions subscriptions;
  private final TrialUses trials;
  private final EnsureOrganizationCustomer ensureCustomer;
  private final EnsurePrice ensurePrice;
  private final ApplySubscription apply;
  private final StripeSubscriptions stripe;
  private final TransactionTemplate transaction;
  private final Clock clock;

  BeginTrial(
      Subscriptions subscriptions,
      TrialUses trials,
      EnsureOrganizationCustomer ensureCustomer,
      EnsurePrice ensurePrice,
      ApplySubscription apply,
      StripeSubscriptions stripe,
      TransactionTemplate transaction,
      Clock clock) {
    this.subscriptions = subscriptions;
    this.trials = trials;
    this.ensureCustomer = ensureCustomer;
    this.ensurePrice = ensurePrice;
    this.apply = apply;
    this.stripe = stripe;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Has Stripe begin it, unless it has begun.
   *
   * @throws StripeRefused when Stripe has refused for good: the trial is not used
   */
  void handle(UUID organizationId) {
    Subscription subscription = subscriptions.find(organizationId).orElseThrow();
    if (subscription.status() != SubscriptionStatus.TRIAL_REQUESTED) {
      return;
    }
    try {
      begin(subscription);
    } catch (StripeRefused refused) {
      transaction.executeWithoutResult(_ -> giveBack(subscription));
      throw refused;
    }
  }

  private void begin(Subscription subscription) {
    UUID organizationId = subscription.organizationId();
    String customerId = ensureCustomer.handle(organizationId);
    long question = subscriptions.nextQuestion();
    // An earlier request may have been answered after its process had died, so long ago that
    // Stripe has forgotten its key.
    StripeSubscription begun =
        begunBefore(organizationId, customerId)
            .orElseGet(() -> begin(inTime(subscription), customerId));
    transaction.executeWithoutResult(_ ->
        apply.handle(ApplySubscription.Command.withoutChange(organizationId, begun, question)));
  }

  private Optional<StripeSubscription> begunBefore(UUID organizationId, String customerId) {
    return stripe.subscriptionsOf(customerId).stream()
        // What was bought is none, also when it was declined and is over.
        .filter(found -> organizationId.equals(found.organizationId()) && found.changeId() == null)
        .findFirst();
  }

  /** Nobody has begun it, so the time for which Stripe could not be asked is not lost. */
  private Subscription inTime(Subscription asked) {
    if (!asked.requiredTrial().isLate(clock.instant())) {
      return asked;
    }
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          Subscription now = subscriptions.lock(asked.organizationId()).orElseThrow();
          if (now.status() != SubscriptionStatus.TRIAL_REQUESTED
              || !now.requiredTrial().isLate(clock.instant())) {
            return now;
          }
          Subscription renewed = now.withTrial(now.requiredTrial().anew(clock.instant()));
          subscriptions.update(renewed);
          return renewed;
        }));
  }

  private StripeSubscription begin(Subscription subscription, String customerId) {
    Trial trial = subscription.requiredTrial();
    String priceId = ensurePrice.handle(trial.planId(), subscription.currency());
    try {
      return stripe.startTrial(
          new TrialRequest(
              subscription.organizationId(),
              customerId,
              priceId,
              trial.endsAt(),
              "trial:%s:%d".formatted(subscription.organizationId(), trial.attempt())));
    } catch (StripeFailed failed) {
      transaction.executeWithoutResult(_ -> beginNextAttempt(subscription));
      throw failed;
    }
  }

  /** Unless another attempt has begun, or has been answered. */
  private void giveBack(Subscription asked) {
    Subscription now = subscriptions.lock(asked.organizationId()).orElseThrow();
    if (asked.requiredTrial().equals(now.trial())) {
      now.refuseTrial(clock.instant())
          .ifPresent(free -> {
            subscriptions.update(free);
            trials.giveBack(free.organizationId());
          });
    }
  }

  /** Unless somebody else has. */
  private void beginNextAttempt(Subscription asked) {
    Subscription now = subscriptions.lock(asked.organizationId()).orElseThrow();
    if (asked.requiredTrial().equals(now.trial())) {
      subscriptions.update(now.withTrial(now.requiredTrial().nextAttempt()));
    }
  }
}
