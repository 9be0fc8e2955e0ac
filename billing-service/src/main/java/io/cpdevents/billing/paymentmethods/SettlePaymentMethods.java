package io.cpdevents.billing.paymentmethods;

import io.cpdevents.billing.stripe.StripePaymentMethod;
import io.cpdevents.billing.stripe.StripePaymentMethods;
import io.cpdevents.billing.stripe.StripePaymentMethods.Payer;
import io.cpdevents.billing.stripe.StripeSubscription;
import io.cpdevents.billing.stripe.StripeSubscriptions;
import java.time.Clock;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The cards of an organization are asked of Stripe and taken over, and the one that pays is the
 * default of customer and subscriptions alike. Every event about them ends here, so their order and
 * number do not matter.
 */
@Component
public class SettlePaymentMethods {

  private final OrganizationCustomers customers;
  private final PaymentMethods methods;
  private final StripePaymentMethods stripe;
  private final StripeSubscriptions subscriptions;
  private final TransactionTemplate transaction;
  private final Clock clock;

  SettlePaymentMethods(
      OrganizationCustomers customers,
      PaymentMethods methods,
      StripePaymentMethods stripe,
      StripeSubscriptions subscriptions,
      TransactionTemplate transaction,
      Clock clock) {
    this.customers = customers;
    this.methods = methods;
    this.stripe = stripe;
    this.subscriptions = subscriptions;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Takes over the cards of a customer as they are at Stripe now.
   *
   * @return false when it is no organization of ours
   */
  public boolean handle(String stripeCustomerId) {
    Optional<UUID> organization = customers.organizationOf(stripeCustomerId);
    organization.ifPresent(id -> settle(id, stripeCustomerId));
    return organization.isPresent();
  }

  private void settle(UUID organizationId, String customerId) {
    // Numbered before Stripe is asked: an answer never replaces that to a later question.
    long request = customers.nextRequest(organizationId);
    Optional<Payer> payer = stripe.payer(customerId);
    if (payer.isEmpty()) {
      transaction.executeWithoutResult(_ -> {
        keep(organizationId, request, List.of(), null);
        customers.forget(customerId);
      });
      return;
    }
    List<PaymentMethod> found =
        stripe.methodsOf(customerId).stream().map(SettlePaymentMethods::read).toList();
    List<StripeSubscription> live =
        subscriptions.subscriptionsOf(customerId).stream()
            .filter(subscription -> subscription.status() != StripeSubscription.Status.ENDED)
            .toList();
    String present = payer.get().defaultMethodId();
    String wanted =
        PaymentMethod.defaultOf(found, present, clock.instant())
            .map(PaymentMethod::id)
            .orElse(null);
    if (!Objects.equals(present, wanted)) {
      stripe.setDefault(customerId, wanted, nextKey(organizationId));
    }
    for (StripeSubscription subscription : live) {
      if (!Objects.equals(subscription.defaultMethodId(), wanted)) {
        stripe.setDefaultOfSubscription(subscription.id(), wanted, nextKey(organizationId));
      }
    }
    transaction.executeWithoutResult(_ -> keep(organizationId, request, found, wanted));
  }

  private void keep(
      UUID organizationId, long request, List<PaymentMethod> found, @Nullable String defaultId) {
    if (customers.answer(organizationId, request)) {
      methods.replace(organizationId, found, defaultId);
    }
  }

  private String nextKey(UUID organizationId) {
    return key(organizationId, customers.nextRequest(organizationId));
  }

  /** The idempotency key at Stripe of a numbered request. */
  static String key(UUID organizationId, long request) {
    return "payment-methods:%s:%d".formatted(organizationId, request);
  }

  private static PaymentMethod read(StripePaymentMethod method) {
    return new PaymentMethod(
        method.id(),
        method.brand(),
        method.last4(),
        YearMonth.of(method.expiresYear(), method.expiresMonth()),
        method.createdAt());
  }
}
