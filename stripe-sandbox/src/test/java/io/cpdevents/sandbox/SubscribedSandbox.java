package io.cpdevents.sandbox;

import static org.awaitility.Awaitility.await;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.InvoicePayment;
import com.stripe.model.Price;
import com.stripe.model.Product;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.param.PriceCreateParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionCreateParams.TrialSettings.EndBehavior;
import java.time.Instant;
import java.util.List;

/** The sandbox with what tests of subscriptions have in common. */
class SubscribedSandbox extends RunningSandbox {
  static final long DAY = 86_400;
  static final long HOUR = 3_600;

  void decline(String card, String code) {
    lever(
        "POST", "payment-methods/" + card + "/behaviour", "{\"decline\": \"%s\"}".formatted(code));
  }

  /** Makes a new card the default of the customer. */
  String payWith(String token, Subscription subscription) throws StripeException {
    return payWith(token, subscription.getCustomer());
  }

  String payWith(String token, String customerId) throws StripeException {
    Customer customer = client().v1().customers().retrieve(customerId);
    String card = taken(token, customer);
    makeDefault(card, customer);
    return card;
  }

  /** The invoices that charge something or give it back; that of the trial is of nothing. */
  List<Invoice> invoices(Subscription subscription) throws StripeException {
    return client()
        .v1()
        .invoices()
        .list(InvoiceListParams.builder().setSubscription(subscription.getId()).build())
        .getData()
        .stream()
        .filter(invoice -> invoice.getTotal() != 0)
        .toList();
  }

  String taken(String token, Customer customer) throws StripeException {
    return client()
        .v1()
        .paymentMethods()
        .attach(token, PaymentMethodAttachParams.builder().setCustomer(customer.getId()).build())
        .getId();
  }

  void makeDefault(String card, Customer customer) throws StripeException {
    client()
        .v1()
        .customers()
        .update(
            customer.getId(),
            CustomerUpdateParams.builder()
                .setInvoiceSettings(
                    CustomerUpdateParams.InvoiceSettings.builder()
                        .setDefaultPaymentMethod(card)
                        .build())
                .build());
  }

  Customer customer() throws StripeException {
    return client().v1().customers().create(CustomerCreateParams.builder().setName("Ann").build());
  }

  Price monthlyPrice(String lookupKey) throws StripeException {
    return monthlyPrice(lookupKey, 9_900);
  }

  Price monthlyPrice(String lookupKey, long amount) throws StripeException {
    Product product =
        client().v1().products().create(ProductCreateParams.builder().setName("Plan").build());
    return client()
        .v1()
        .prices()
        .create(
            PriceCreateParams.builder()
                .setProduct(product.getId())
                .setCurrency("cad")
                .setUnitAmount(amount)
                .setLookupKey(lookupKey)
                .setRecurring(
                    PriceCreateParams.Recurring.builder()
                        .setInterval(PriceCreateParams.Recurring.Interval.MONTH)
                        .build())
                .build());
  }

  SubscriptionCreateParams.Builder trialOf(long end) throws StripeException {
    return SubscriptionCreateParams.builder()
        .setCustomer(customer().getId())
        .addItem(
            SubscriptionCreateParams.Item.builder()
                .setPrice(monthlyPrice("price-" + System.nanoTime()).getId())
                .build())
        .setTrialEnd(end)
        .setTrialSettings(
            SubscriptionCreateParams.TrialSettings.builder()
                .setEndBehavior(
                    EndBehavior.builder()
                        .setMissingPaymentMethod(EndBehavior.MissingPaymentMethod.CANCEL)
                        .build())
                .build())
        .putMetadata("a", "1");
  }

  Subscription create(SubscriptionCreateParams.Builder params) throws StripeException {
    return client().v1().subscriptions().create(params.build());
  }

  String status(Subscription subscription) throws StripeException {
    return client().v1().subscriptions().retrieve(subscription.getId()).getStatus();
  }

  Event awaited(String type) {
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().contains(type));
    return RECEIVER.events(type).getFirst();
  }

  long now() {
    return Instant.parse(lever("GET", "clock", "").json().get("now").asString()).getEpochSecond();
  }

  void advance(long seconds) {
    lever("POST", "clock/advance", "{\"seconds\": %d}".formatted(seconds));
  }

  InvoicePayment paymentOf(Invoice invoice) throws StripeException {
    return client()
        .v1()
        .invoicePayments()
        .list(InvoicePaymentListParams.builder().setInvoice(invoice.getId()).build())
        .getData()
        .getFirst();
  }

  /** A subscription in its first month, which has been paid. */
  Subscription paidSubscription() throws StripeException {
    Subscription trial = create(trialOf(now() + DAY));
    payWith("pm_card_visa", trial);
    advance(DAY);
    advance(HOUR);
    RECEIVER.forget();
    return client().v1().subscriptions().retrieve(trial.getId());
  }

  static SubscriptionItem item(Subscription subscription) {
    return subscription.getItems().getData().getFirst();
  }

  static long end(Subscription subscription) {
    return item(subscription).getCurrentPeriodEnd();
  }

  static String priceOf(Subscription subscription) {
    return item(subscription).getPrice().getId();
  }
}
