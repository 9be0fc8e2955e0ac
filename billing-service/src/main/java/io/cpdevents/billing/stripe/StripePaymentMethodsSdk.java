package io.cpdevents.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.model.Customer;
import com.stripe.model.PaymentMethod;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerPaymentMethodListParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.checkout.SessionCreateParams;
import io.cpdevents.platform.stripe.StripeCalls;
import io.cpdevents.platform.stripe.StripeRefused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Calls Stripe by Stripe's own library, about the cards of organizations. */
@Component
class StripePaymentMethodsSdk implements StripePaymentMethods {

  private static final String ORGANIZATION_ID = "organizationId";
  private static final int NOT_FOUND = 404;

  /** What Stripe takes for "none". */
  private static final String NONE = "";

  /** More than an organization ever has. */
  private static final long MAX_METHODS = 100;

  private final StripeClient client;
  private final StripeCalls calls;

  StripePaymentMethodsSdk(StripeClient client, StripeCalls calls) {
    this.client = client;
    this.calls = calls;
  }

  @Override
  public String createCustomer(CustomerRequest request) {
    CustomerCreateParams params =
        CustomerCreateParams.builder()
            .putMetadata(ORGANIZATION_ID, request.organizationId().toString())
            .build();
    return calls.make(
        "create customer of organization",
        () -> client.v1().customers().create(params, key(request.idempotencyKey())).getId());
  }

  @Override
  public String createSetupPage(SetupRequest request) {
    SessionCreateParams params =
        SessionCreateParams.builder()
            .setMode(SessionCreateParams.Mode.SETUP)
            .addPaymentMethodType(SessionCreateParams.PaymentMethodType.CARD)
            .setCustomer(request.customerId())
            .setSuccessUrl(request.returnUrl())
            .setCancelUrl(request.returnUrl())
            .build();
    return calls.make(
        "create setup page",
        () ->
            client
                .v1()
                .checkout()
                .sessions()
                .create(params, key(request.idempotencyKey()))
                .getUrl());
  }

  @Override
  public Optional<Payer> payer(String customerId) {
    try {
      Customer customer =
          calls.make("get customer", () -> client.v1().customers().retrieve(customerId));
      if (Boolean.TRUE.equals(customer.getDeleted())) {
        return Optional.empty();
      }
      Customer.InvoiceSettings settings = customer.getInvoiceSettings();
      return Optional.of(
          new Payer(customerId, settings == null ? null : settings.getDefaultPaymentMethod()));
    } catch (StripeRefused refused) {
      if (refused.status() != NOT_FOUND) {
        throw refused;
      }
      return Optional.empty();
    }
  }

  @Override
  public List<StripePaymentMethod> methodsOf(String customerId) {
    CustomerPaymentMethodListParams params =
        CustomerPaymentMethodListParams.builder()
            .setType(CustomerPaymentMethodListParams.Type.CARD)
            .setLimit(MAX_METHODS)
            .build();
    return calls
        .make(
            "list payment methods",
            () -> client.v1().customers().paymentMethods().list(customerId, params))
        .getData()
        .stream()
        .map(StripePaymentMethodsSdk::read)
        .toList();
  }

  private static StripePaymentMethod read(PaymentMethod method) {
    PaymentMethod.Card card = method.getCard();
    return new StripePaymentMethod(
        method.getId(),
        card.getBrand(),
        card.getLast4(),
        Math.toIntExact(card.getExpMonth()),
        Math.toIntExact(card.getExpYear()),
        Instant.ofEpochSecond(method.getCreated()));
  }

  @Override
  public void setDefault(String customerId, @Nullable String methodId, String idempotencyKey) {
    CustomerUpdateParams params =
        CustomerUpdateParams.builder()
            .setInvoiceSettings(
                CustomerUpdateParams.InvoiceSettings.builder()
                    .setDefaultPaymentMethod(methodId == null ? NONE : methodId)
                    .build())
            .build();
    calls.make(
        "set default payment method",
        () -> client.v1().customers().update(customerId, params, key(idempotencyKey)));
  }

  @Override
  public void setDefaultOfSubscription(
      String subscriptionId, @Nullable String methodId, String idempotencyKey) {
    SubscriptionUpdateParams params =
        SubscriptionUpdateParams.builder()
            .setDefaultPaymentMethod(methodId == null ? NONE : methodId)
            .build();
    calls.make(
        "set default payment method of subscription",
        () -> client.v1().subscriptions().update(subscriptionId, params, key(idempotencyKey)));
  }

  @Override
  public void detach(String methodId, String idempotencyKey) {
    calls.make(
        "detach payment method",
        () -> client.v1().paymentMethods().detach(methodId, key(idempotencyKey)));
  }

  private static RequestOptions key(String idempotencyKey) {
    return RequestOptions.builder().setIdempotencyKey(idempotencyKey).build();
  }
}
