package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.invoices.RequestVoiding;
import io.cpdevents.billing.paymentmethods.PaymentMethodQueries;
import io.cpdevents.billing.paymentmethods.SettlePaymentMethods;
import io.cpdevents.billing.stripe.StripeSubscription;
import io.cpdevents.billing.stripe.StripeSubscriptions;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What became of a subscription is asked of Stripe and taken over. Every event about it ends here,
 * so their order and number do not matter.
 */
@Component
public class SettleSubscription {

  private final StripeSubscriptions stripe;
  private final Subscriptions subscriptions;
  private final TakeOverSubscription takeOver;
  private final RequestVoiding requestVoiding;
  private final PaymentMethodQueries paymentMethods;
  private final SettlePaymentMethods settlePaymentMethods;

  SettleSubscription(
      StripeSubscriptions stripe,
      Subscriptions subscriptions,
      TakeOverSubscription takeOver,
      RequestVoiding requestVoiding,
      PaymentMethodQueries paymentMethods,
      SettlePaymentMethods settlePaymentMethods) {
    this.stripe = stripe;
    this.subscriptions = subscriptions;
    this.takeOver = takeOver;
    this.requestVoiding = requestVoiding;
    this.paymentMethods = paymentMethods;
    this.settlePaymentMethods = settlePaymentMethods;
  }

  /**
   * Takes over the subscription as it is at Stripe now.
   *
   * @return false when it is none of ours
   */
  public boolean handle(String stripeSubscriptionId) {
    long question = subscriptions.nextQuestion();
    StripeSubscription told = stripe.subscription(stripeSubscriptionId);
    // Its event may come before Stripe's answer to the request that has made it is saved.
    Optional<UUID> organization =
        subscriptions
            .organizationOf(stripeSubscriptionId)
            .or(() -> Optional.ofNullable(told.organizationId()));
    if (organization.isEmpty()) {
      return false;
    }
    boolean isKnown =
        takeOver.handle(
            new TakeOverSubscription.Command(organization.get(), told, question, false));
    if (told.status() == StripeSubscription.Status.ENDED) {
      requestVoiding.handle(told.id());
    } else if (hasAnotherCard(organization.get(), told) || hasNoCard(organization.get(), told)) {
      settlePaymentMethods.handle(told.customerId());
    }
    return isKnown;
  }

  /** Somebody may have given the subscription alone another card in Stripe's dashboard. */
  private boolean hasAnotherCard(UUID organizationId, StripeSubscription told) {
    String card = told.defaultMethodId();
    return card != null && !paymentMethods.isDefault(organizationId, card);
  }

  /** Whoever lets a plan go on after all may have lost the card while it was to end. */
  private boolean hasNoCard(UUID organizationId, StripeSubscription told) {
    return told.isRenewed() && !paymentMethods.canPay(organizationId);
  }
}
