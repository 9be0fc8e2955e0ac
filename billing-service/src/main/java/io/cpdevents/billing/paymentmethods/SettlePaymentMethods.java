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
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
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

  /**
   * What Stripe has said.
   *
   * @param defaultId the card that pays; null for none
   * @param isExpectedToPay whether there is a subscription that renews
   * @param isPaying whether there is one that renews and is no trial
   */
  record Found(
      List<PaymentMethod> methods,
      @Nullable String defaultId,
      boolean isExpectedToPay,
      boolean isPaying) {}

  private final OrganizationCustomers customers;
  private final PaymentMethods methods;
  private final TellDefaultCard tellDefaultCard;
  private final List<DefaultCardListener> listeners;
  private final StripePaymentMethods stripe;
  private final StripeSubscriptions subscriptions;
  private final TransactionTemplate transaction;
  private final Clock clock;

  SettlePaymentMethods(
      OrganizationCustomers customers,
      PaymentMethods methods,
      TellDefaultCard tellDefaultCard,
      List<DefaultCardListener> listeners,
      StripePaymentMethods stripe,
      StripeSubscriptions subscriptions,
      TransactionTemplate transaction,
      Clock clock) {
    this.customers = customers;
    this.methods = methods;
    this.tellDefaultCard = tellDefaultCard;
    this.listeners = listeners;
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
    // Numbered before Stripe is asked: an answer never replaces that to a later question. And what
    // we know is read before: what is another at Stripe then was changed there.
    long request = customers.nextRequest(organizationId);
    String known = methods.defaultOf(organizationId).orElse(null);
    Optional<Payer> payer = stripe.payer(customerId);
    if (payer.isEmpty()) {
      transaction.executeWithoutResult(_ -> {
        keep(organizationId, request, new Found(List.of(), null, false, false));
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
        PaymentMethod.defaultOf(
                found,
                new PaymentMethod.Defaults(
                    known,
                    present,
                    live.stream()
                        .flatMap(subscription -> Stream.ofNullable(subscription.defaultMethodId()))
                        .toList()),
                clock.instant())
            .map(PaymentMethod::id)
            .orElse(null);
    // What a later answer was is set already, and kept: of an earlier one nothing is.
    if (!Objects.equals(present, wanted)) {
      OptionalLong next = customers.nextRequestUnlessAnswered(organizationId, request);
      if (next.isEmpty()) {
        return;
      }
      stripe.setDefault(customerId, wanted, key(organizationId, next.getAsLong()));
    }
    for (StripeSubscription subscription : live) {
      if (!Objects.equals(subscription.defaultMethodId(), wanted)) {
        OptionalLong next = customers.nextRequestUnlessAnswered(organizationId, request);
        if (next.isEmpty()) {
          return;
        }
        stripe.setDefaultOfSubscription(
            subscription.id(), wanted, key(organizationId, next.getAsLong()));
      }
    }
    boolean isExpectedToPay = live.stream().anyMatch(StripeSubscription::renews);
    boolean isPaying = live.stream().anyMatch(StripeSubscription::isRenewed);
    transaction.executeWithoutResult(
        _ -> keep(organizationId, request, new Found(found, wanted, isExpectedToPay, isPaying)));
  }

  private void keep(UUID organizationId, long request, Found found) {
    if (!customers.answer(organizationId, request)) {
      return;
    }
    List<PaymentMethods.Kept> before = methods.of(organizationId);
    methods.replace(organizationId, found.methods(), found.defaultId(), clock.instant());
    tellDefaultCard.handle(organizationId, new TellDefaultCard.Change(before, found));
    String defaultId = found.defaultId();
    if (defaultId != null && before.stream().noneMatch(kept -> kept.isDefault(defaultId))) {
      listeners.forEach(listener -> listener.replaced(organizationId, defaultId));
    }
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
