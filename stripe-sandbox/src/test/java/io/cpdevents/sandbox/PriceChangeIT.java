package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.InvoiceCreatePreviewParams.SubscriptionDetails;
import com.stripe.param.InvoiceRetrieveParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.PaymentBehavior;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A subscription that gets another price within its period. */
class PriceChangeIT extends SubscribedSandbox {
  private static final long PROFESSIONAL = 9_900;
  private static final long BUSINESS = 24_900;

  @Test
  void an_upgrade_charges_the_difference_for_the_rest_of_the_period_at_once() throws Exception {
    Subscription professional = paidSubscription();
    long date = now();
    String business = monthlyPrice("business", BUSINESS).getId();

    Subscription upgraded = update(professional, upgrade(professional, business, date));

    assertThat(priceOf(upgraded)).isEqualTo(business);
    assertThat(upgraded.getPendingUpdate()).isNull();
    assertThat(item(upgraded).getCurrentPeriodEnd()).isEqualTo(end(professional));
    Invoice invoice = client().v1().invoices().retrieve(upgraded.getLatestInvoice());
    assertThat(invoice.getStatus()).isEqualTo("paid");
    assertThat(invoice.getBillingReason()).isEqualTo("subscription_update");
    List<InvoiceLineItem> lines = invoice.getLines().getData();
    assertThat(lines)
        .extracting(InvoiceLineItem::getAmount)
        .containsExactly(
            -share(PROFESSIONAL, professional, date), share(BUSINESS, professional, date));
    assertThat(lines)
        .allSatisfy(line -> {
          assertThat(line.getPeriod().getStart()).isEqualTo(date);
          assertThat(line.getPeriod().getEnd()).isEqualTo(end(professional));
          assertThat(line.getParent().getSubscriptionItemDetails().getProration()).isTrue();
        });
    assertThat(lines.getFirst().getDescription()).startsWith("Unused time on Plan after ");
    assertThat(lines.getLast().getDescription()).startsWith("Remaining time on Plan after ");
    assertThat(
            lines
                .getFirst()
                .getParent()
                .getSubscriptionItemDetails()
                .getProrationDetails()
                .getCreditedItems()
                .getInvoice())
        .isEqualTo(professional.getLatestInvoice());
    assertThat(invoice.getAmountPaid())
        .isEqualTo(share(BUSINESS, professional, date) - share(PROFESSIONAL, professional, date));
    awaited("invoice.paid");
    assertThat(RECEIVER.types()).doesNotContain("customer.subscription.pending_update_applied");
  }

  @Test
  void a_preview_equals_what_the_change_charges_then_and_after_many_changes() throws Exception {
    Subscription subscription = paidSubscription();
    Random random = new Random(16);
    for (int change = 0; change < 12; change++) {
      long start = item(subscription).getCurrentPeriodStart();
      long date = Math.min(start + random.nextLong(0, 28 * DAY), end(subscription));
      String price = monthlyPrice("price-" + change, 500 + random.nextLong(50_000)).getId();
      Invoice preview =
          client().v1().invoices().createPreview(preview(subscription, price, date).build());

      Subscription changed = update(subscription, upgrade(subscription, price, date));

      Invoice invoice = client().v1().invoices().retrieve(changed.getLatestInvoice());
      assertThat(preview.getId()).startsWith("upcoming_in_");
      assertThat(invoice.getStatus()).isEqualTo("paid");
      assertThat(preview.getTotal()).isEqualTo(invoice.getTotal());
      assertThat(preview.getAmountDue()).isEqualTo(invoice.getAmountPaid());
      assertThat(preview.getStartingBalance()).isEqualTo(invoice.getStartingBalance());
      assertThat(described(preview)).isEqualTo(described(invoice));
      assertThat(balance(changed)).isEqualTo(invoice.getEndingBalance());
      subscription = changed;
    }
    assertSumsAgree();
  }

  @Test
  void the_preview_of_a_new_subscription_is_its_first_invoice_and_uses_the_balance()
      throws Exception {
    Subscription known = paidSubscription();
    String customer = known.getCustomer();
    client()
        .v1()
        .customers()
        .update(customer, CustomerUpdateParams.builder().setBalance(-700L).build());
    String price = monthlyPrice("another", 5_000).getId();

    Invoice preview =
        client()
            .v1()
            .invoices()
            .createPreview(
                InvoiceCreatePreviewParams.builder()
                    .setCustomer(customer)
                    .setSubscriptionDetails(
                        InvoiceCreatePreviewParams.SubscriptionDetails.builder()
                            .addItem(
                                InvoiceCreatePreviewParams.SubscriptionDetails.Item.builder()
                                    .setPrice(price)
                                    .build())
                            .build())
                    .build());

    assertThat(preview.getTotal()).isEqualTo(5_000);
    assertThat(preview.getAmountDue()).isEqualTo(4_300);
    assertThat(preview.getParent().getSubscriptionDetails().getSubscription()).isNull();
    Subscription begun =
        client()
            .v1()
            .subscriptions()
            .create(
                SubscriptionCreateParams.builder()
                    .setCustomer(customer)
                    .addItem(SubscriptionCreateParams.Item.builder().setPrice(price).build())
                    .build());
    Invoice invoice = client().v1().invoices().retrieve(begun.getLatestInvoice());
    assertThat(invoice.getAmountPaid()).isEqualTo(4_300);
    assertThat(described(preview)).isEqualTo(described(invoice));
    assertThat(balance(begun)).isZero();
  }

  @Test
  void what_a_change_gives_back_pays_for_the_next_invoices() throws Exception {
    Subscription professional = paidSubscription();
    long date = now();
    String cheap = monthlyPrice("cheap", 1_000).getId();

    Subscription changed = update(professional, upgrade(professional, cheap, date));

    Invoice invoice = client().v1().invoices().retrieve(changed.getLatestInvoice());
    long credit = share(1_000, professional, date) - share(PROFESSIONAL, professional, date);
    assertThat(credit).isNegative();
    assertThat(invoice.getStatus()).isEqualTo("paid");
    assertThat(invoice.getTotal()).isEqualTo(credit);
    assertThat(invoice.getAmountDue()).isZero();
    assertThat(invoice.getEndingBalance()).isEqualTo(credit);
    assertThat(balance(changed)).isEqualTo(credit);
    advance(31 * DAY);
    advance(2 * HOUR);
    Invoice next = invoices(changed).getFirst();
    assertThat(next.getTotal()).isEqualTo(1_000);
    assertThat(next.getStatus()).isEqualTo("paid");
    assertThat(next.getAmountPaid()).isZero();
    assertThat(balance(changed)).isEqualTo(credit + 1_000);
  }

  @Test
  void a_change_that_the_next_invoice_is_to_charge_is_on_it_beside_the_new_month()
      throws Exception {
    Subscription professional = paidSubscription();
    long date = now();
    String business = monthlyPrice("business", BUSINESS).getId();
    long difference = share(BUSINESS, professional, date) - share(PROFESSIONAL, professional, date);

    Subscription changed =
        update(
            professional,
            upgrade(professional, business, date)
                .setPaymentBehavior(PaymentBehavior.ALLOW_INCOMPLETE)
                .setProrationBehavior(ProrationBehavior.CREATE_PRORATIONS));

    assertThat(priceOf(changed)).isEqualTo(business);
    assertThat(invoices(changed)).hasSize(1);
    Invoice upcoming =
        client()
            .v1()
            .invoices()
            .createPreview(
                InvoiceCreatePreviewParams.builder().setSubscription(changed.getId()).build());
    assertThat(upcoming.getBillingReason()).isEqualTo("upcoming");
    assertThat(upcoming.getTotal()).isEqualTo(BUSINESS + difference);
    advance(31 * DAY);
    advance(2 * HOUR);
    assertThat(invoices(changed).getFirst().getAmountPaid()).isEqualTo(BUSINESS + difference);
  }

  @Test
  void a_change_without_prorations_counts_from_the_next_period_on() throws Exception {
    Subscription professional = paidSubscription();
    String business = monthlyPrice("business", BUSINESS).getId();

    update(
        professional,
        upgrade(professional, business, now())
            .setPaymentBehavior(PaymentBehavior.ALLOW_INCOMPLETE)
            .setProrationBehavior(ProrationBehavior.NONE));

    assertThat(invoices(professional)).hasSize(1);
    advance(31 * DAY);
    advance(2 * HOUR);
    assertThat(invoices(professional).getFirst().getAmountPaid()).isEqualTo(BUSINESS);
  }

  @Test
  void a_declined_upgrade_waits_and_counts_when_its_invoice_is_paid() throws Exception {
    Subscription professional = paidSubscription();
    String card = payWith("pm_card_visa", professional);
    decline(card, "insufficient_funds");
    String business = monthlyPrice("business", BUSINESS).getId();

    Subscription waiting = update(professional, upgrade(professional, business, now()));

    assertThat(waiting.getStatus()).isEqualTo("active");
    assertThat(priceOf(waiting)).isEqualTo(priceOf(professional));
    assertThat(waiting.getPendingUpdate().getExpiresAt()).isBetween(now() + 22 * HOUR, now() + DAY);
    assertThat(waiting.getPendingUpdate().getSubscriptionItems().getFirst().getPrice().getId())
        .isEqualTo(business);
    Invoice open = client().v1().invoices().retrieve(waiting.getLatestInvoice());
    assertThat(open.getStatus()).isEqualTo("open");
    assertThat(open.getNextPaymentAttempt()).isNull();
    assertThat(secretOf(open)).startsWith("pi_");
    awaited("invoice.payment_failed");

    decline(card, "none");
    client().v1().invoices().pay(open.getId());

    Subscription upgraded = client().v1().subscriptions().retrieve(professional.getId());
    assertThat(priceOf(upgraded)).isEqualTo(business);
    assertThat(upgraded.getPendingUpdate()).isNull();
    awaited("customer.subscription.pending_update_applied");
    advance(DAY);
    assertThat(client().v1().invoices().retrieve(open.getId()).getStatus()).isEqualTo("paid");
    assertThat(RECEIVER.types()).doesNotContain("customer.subscription.pending_update_expired");
  }

  @Test
  void an_upgrade_that_nobody_pays_expires_with_its_invoice() throws Exception {
    Subscription professional = paidSubscription();
    decline(payWith("pm_card_visa", professional), "generic_decline");
    String business = monthlyPrice("business", BUSINESS).getId();
    Subscription waiting = update(professional, upgrade(professional, business, now()));

    advance(DAY);

    Subscription expired = client().v1().subscriptions().retrieve(professional.getId());
    assertThat(priceOf(expired)).isEqualTo(priceOf(professional));
    assertThat(expired.getPendingUpdate()).isNull();
    assertThat(expired.getStatus()).isEqualTo("active");
    assertThat(client().v1().invoices().retrieve(waiting.getLatestInvoice()).getStatus())
        .isEqualTo("void");
    awaited("invoice.voided");
    awaited("customer.subscription.pending_update_expired");
    assertThatThrownBy(() -> client().v1().invoices().pay(waiting.getLatestInvoice()))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void an_upgrade_that_the_bank_wants_authenticated_counts_once_it_is() throws Exception {
    Subscription professional = paidSubscription();
    payWith("pm_card_authenticationRequired", professional);
    String business = monthlyPrice("business", BUSINESS).getId();

    Subscription waiting = update(professional, upgrade(professional, business, now()));

    assertThat(waiting.getPendingUpdate()).isNotNull();
    awaited("invoice.payment_action_required");
    String intent =
        paymentOf(client().v1().invoices().retrieve(waiting.getLatestInvoice()))
            .getPayment()
            .getPaymentIntent();
    lever("POST", "payment-intents/" + intent + "/authentication", "{\"outcome\": \"succeeded\"}");

    assertThat(priceOf(client().v1().subscriptions().retrieve(professional.getId())))
        .isEqualTo(business);
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> RECEIVER.types().contains("customer.subscription.pending_update_applied"));
  }

  @Test
  void a_declined_upgrade_is_refused_or_past_due_as_its_caller_wants() throws Exception {
    Subscription professional = paidSubscription();
    decline(payWith("pm_card_visa", professional), "insufficient_funds");
    String business = monthlyPrice("business", BUSINESS).getId();

    assertThatThrownBy(() ->
            update(
                professional,
                upgrade(professional, business, now())
                    .setPaymentBehavior(PaymentBehavior.ERROR_IF_INCOMPLETE)))
        .isInstanceOfSatisfying(
            CardException.class,
            declined -> assertThat(declined.getDeclineCode()).isEqualTo("insufficient_funds"));
    Subscription unchanged = client().v1().subscriptions().retrieve(professional.getId());
    assertThat(priceOf(unchanged)).isEqualTo(priceOf(professional));
    assertThat(invoices(professional)).hasSize(1);

    Subscription pastDue =
        update(
            professional,
            upgrade(professional, business, now())
                .setPaymentBehavior(PaymentBehavior.ALLOW_INCOMPLETE));
    assertThat(pastDue.getStatus()).isEqualTo("past_due");
    assertThat(priceOf(pastDue)).isEqualTo(business);
  }

  @Test
  void another_change_takes_the_place_of_one_that_waits() throws Exception {
    Subscription professional = paidSubscription();
    String card = payWith("pm_card_visa", professional);
    decline(card, "insufficient_funds");
    Subscription waiting =
        update(
            professional, upgrade(professional, monthlyPrice("business", BUSINESS).getId(), now()));
    decline(card, "none");
    String other = monthlyPrice("other", 30_000).getId();

    Subscription changed = update(professional, upgrade(professional, other, now()));

    assertThat(priceOf(changed)).isEqualTo(other);
    assertThat(changed.getPendingUpdate()).isNull();
    assertThat(client().v1().invoices().retrieve(waiting.getLatestInvoice()).getStatus())
        .isEqualTo("void");
  }

  @Test
  void a_trial_that_another_price_ends_is_charged_its_first_month_at_once() throws Exception {
    Subscription trial = create(trialOf(now() + 14 * DAY));
    payWith("pm_card_visa", trial);
    String business = monthlyPrice("business", BUSINESS).getId();

    Subscription changed =
        update(
            trial,
            upgrade(trial, business, now()).setTrialEnd(SubscriptionUpdateParams.TrialEnd.NOW));

    assertThat(changed.getStatus()).isEqualTo("active");
    assertThat(priceOf(changed)).isEqualTo(business);
    Invoice invoice = client().v1().invoices().retrieve(changed.getLatestInvoice());
    assertThat(invoice.getAmountPaid()).isEqualTo(BUSINESS);
    assertThat(invoice.getBillingReason()).isEqualTo("subscription_update");
    advance(15 * DAY);
    assertThat(invoices(changed)).hasSize(1);
    advance(17 * DAY);
    assertThat(invoices(changed).getFirst().getBillingReason()).isEqualTo("subscription_cycle");
  }

  @Test
  void a_trial_gets_another_price_for_nothing() throws Exception {
    Subscription trial = create(trialOf(now() + 14 * DAY));
    String business = monthlyPrice("business", BUSINESS).getId();

    Subscription changed = update(trial, upgrade(trial, business, now()));

    assertThat(priceOf(changed)).isEqualTo(business);
    assertThat(changed.getLatestInvoice()).isEqualTo(trial.getLatestInvoice());
  }

  @Test
  void changes_that_stripe_refuses_are_refused() throws Exception {
    Subscription professional = paidSubscription();
    String business = monthlyPrice("business", BUSINESS).getId();
    long past = item(professional).getCurrentPeriodStart() - 1;

    assertRefused(professional, upgrade(professional, business, past), "proration_date");
    assertRefused(professional, upgrade(professional, "price_unknown", now()), "items[0][price]");
    assertRefused(
        professional, upgrade(professional, business, now()).putMetadata("a", "1"), "metadata");
    assertRefused(
        professional,
        SubscriptionUpdateParams.builder()
            .addItem(SubscriptionUpdateParams.Item.builder().setId("si_1").build()),
        "items[0][id]");
  }

  private void assertRefused(
      Subscription subscription, SubscriptionUpdateParams.Builder params, String param) {
    assertThatThrownBy(() -> update(subscription, params))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            refused -> assertThat(refused.getParam()).isEqualTo(param));
  }

  private Subscription update(Subscription subscription, SubscriptionUpdateParams.Builder params)
      throws StripeException {
    return client().v1().subscriptions().update(subscription.getId(), params.build());
  }

  private static SubscriptionUpdateParams.Builder upgrade(
      Subscription subscription, String price, long date) {
    return SubscriptionUpdateParams.builder()
        .addItem(
            SubscriptionUpdateParams.Item.builder()
                .setId(item(subscription).getId())
                .setPrice(price)
                .build())
        .setProrationBehavior(ProrationBehavior.ALWAYS_INVOICE)
        .setPaymentBehavior(PaymentBehavior.PENDING_IF_INCOMPLETE)
        .setProrationDate(date);
  }

  private static InvoiceCreatePreviewParams.Builder preview(
      Subscription subscription, String price, long date) {
    return InvoiceCreatePreviewParams.builder()
        .setCustomer(subscription.getCustomer())
        .setSubscription(subscription.getId())
        .setSubscriptionDetails(
            SubscriptionDetails.builder()
                .addItem(
                    SubscriptionDetails.Item.builder()
                        .setId(item(subscription).getId())
                        .setPrice(price)
                        .build())
                .setProrationBehavior(SubscriptionDetails.ProrationBehavior.ALWAYS_INVOICE)
                .setProrationDate(date)
                .build());
  }

  /** What a page of one's own needs to let somebody pay an invoice. */
  private String secretOf(Invoice invoice) throws StripeException {
    Invoice shown =
        client()
            .v1()
            .invoices()
            .retrieve(
                invoice.getId(),
                InvoiceRetrieveParams.builder()
                    .addExpand("confirmation_secret")
                    .addExpand("payments.data.payment.payment_intent")
                    .build());
    assertThat(shown.getPayments().getData().getFirst().getPayment().getPaymentIntentObject())
        .isNotNull();
    return shown.getConfirmationSecret().getClientSecret();
  }

  private static List<String> described(Invoice invoice) {
    return invoice.getLines().getData().stream()
        .map(line ->
            "%s %d %d"
                .formatted(line.getDescription(), line.getAmount(), line.getPeriod().getStart()))
        .toList();
  }

  /** What the rest of the period costs of a price, rounded to the nearest cent. */
  private static long share(long amount, Subscription subscription, long date) {
    long whole = end(subscription) - item(subscription).getCurrentPeriodStart();
    return Math.floorDiv(2 * amount * (end(subscription) - date) + whole, 2 * whole);
  }

  private long balance(Subscription subscription) throws StripeException {
    return client().v1().customers().retrieve(subscription.getCustomer()).getBalance();
  }
}
