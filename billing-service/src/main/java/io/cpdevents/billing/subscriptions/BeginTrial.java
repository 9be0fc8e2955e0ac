package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.plans.EnsurePrice;
import io.cpdevents.billing.stripe.StripeSubscription;
import io.cpdevents.billing.stripe.StripeSubscriptions;
import io.cpdevents.billing.stripe.StripeSubscriptions.OrganizationCustomerRequest;
import io.cpdevents.billing.stripe.StripeSubscriptions.TrialRequest;
import io.cpdevents.platform.stripe.StripeFailed;
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
  private final EnsurePrice ensurePrice;
  private final ApplySubscription apply;
  private final StripeSubscriptions stripe;
  private final TransactionTemplate transaction;
  private final Clock clock;

  BeginTrial(
      Subscriptions subscriptions,
      EnsurePrice ensurePrice,
      ApplySubscription apply,
      StripeSubscriptions stripe,
      TransactionTemplate transaction,
      Clock clock) {
    this.subscriptions = subscriptions;
    this.ensurePrice = ensurePrice;
    this.apply = apply;
    this.stripe = stripe;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Has Stripe begin it, unless it has begun. */
  void handle(UUID organizationId) {
    Subscription subscription = subscriptions.find(organizationId).orElseThrow();
    if (subscription.status() != SubscriptionStatus.TRIAL_REQUESTED) {
      return;
    }
    String customerId = ensureCustomer(organizationId);
    // An earlier request may have been answered after its process had died, so long ago that
    // Stripe has forgotten its key.
    StripeSubscription begun =
        begunBefore(organizationId, customerId)
            .orElseGet(() -> begin(inTime(subscription), customerId));
    transaction.executeWithoutResult(_ -> apply.handle(organizationId, begun));
  }

  private String ensureCustomer(UUID organizationId) {
    Subscriptions.Customer customer = subscriptions.customer(organizationId);
    String known = customer.stripeId();
    if (known != null) {
      return known;
    }
    try {
      String stripeId =
          stripe.createCustomer(
              new OrganizationCustomerRequest(
                  organizationId,
                  "organization-customer:%s:%d".formatted(organizationId, customer.attempt())));
      subscriptions.identifyCustomer(organizationId, stripeId);
      return stripeId;
    } catch (StripeFailed failed) {
      // Stripe may have stored the failure under the key.
      subscriptions.beginNextCustomerAttempt(customer);
      throw failed;
    }
  }

  private Optional<StripeSubscription> begunBefore(UUID organizationId, String customerId) {
    return stripe.subscriptionsOf(customerId).stream()
        .filter(found -> organizationId.equals(found.organizationId()))
        .findFirst();
  }

  /**
   * Stripe refuses a trial that is over. Nobody has begun this one, so one that could not be begun
   * for longer than it lasts is begun from now on.
   */
  private Subscription inTime(Subscription asked) {
    if (!asked.requiredTrial().isPast(clock.instant())) {
      return asked;
    }
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          Subscription now = subscriptions.lock(asked.organizationId()).orElseThrow();
          if (now.status() != SubscriptionStatus.TRIAL_REQUESTED
              || !now.requiredTrial().isPast(clock.instant())) {
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

  /** Unless somebody else has. */
  private void beginNextAttempt(Subscription asked) {
    Subscription now = subscriptions.lock(asked.organizationId()).orElseThrow();
    if (asked.requiredTrial().equals(now.trial())) {
      subscriptions.update(now.withTrial(now.requiredTrial().nextAttempt()));
    }
  }
}
