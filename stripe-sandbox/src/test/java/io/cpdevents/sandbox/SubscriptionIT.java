package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Price;
import com.stripe.model.Subscription;
import com.stripe.param.ChargeListParams;
import com.stripe.param.InvoicePayParams;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PriceListParams;
import com.stripe.param.ProductCreateParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.common.EmptyParam;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubscriptionIT extends SubscribedSandbox {
  private static final String LOOKUP_KEY = "professional-cad";

  @Test
  void a_price_is_found_by_its_lookup_key_which_no_other_price_can_have() throws Exception {
    Price price = monthlyPrice(LOOKUP_KEY);

    assertThat(price.getType()).isEqualTo("recurring");
    assertThat(price.getRecurring().getInterval()).isEqualTo("month");
    List<Price> found =
        client()
            .v1()
            .prices()
            .list(PriceListParams.builder().addLookupKey(LOOKUP_KEY).addLookupKey("other").build())
            .getData();
    assertThat(found).extracting(Price::getId).containsExactly(price.getId());
    assertThatThrownBy(() -> monthlyPrice(LOOKUP_KEY))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(price.getId());
  }

  @Test
  void a_product_has_the_id_that_its_maker_chose_once() throws Exception {
    ProductCreateParams params =
        ProductCreateParams.builder().setId("professional").setName("Professional").build();

    assertThat(client().v1().products().create(params).getId()).isEqualTo("professional");
    assertThatThrownBy(() -> client().v1().products().create(params))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            refused -> assertThat(refused.getCode()).isEqualTo("resource_already_exists"));
  }

  @Test
  void a_trial_without_a_card_is_told_three_days_before_and_ends_in_cancellation()
      throws Exception {
    Subscription trial = create(trialOf(now() + 14 * DAY));
    assertThat(trial.getStatus()).isEqualTo("trialing");
    assertThat(trial.getItems().getData().getFirst().getCurrentPeriodEnd())
        .isEqualTo(trial.getTrialEnd());

    advance(11 * DAY - 60);
    assertThat(RECEIVER.types()).doesNotContain("customer.subscription.trial_will_end");
    advance(60);
    Event soon = awaited("customer.subscription.trial_will_end");
    long threeDaysBefore = trial.getTrialEnd() - 3 * DAY;
    // The clock ticks while the test runs.
    assertThat(soon.getCreated()).isBetween(threeDaysBefore, threeDaysBefore + 60);
    advance(3 * DAY);
    awaited("customer.subscription.deleted");

    Subscription ended = client().v1().subscriptions().retrieve(trial.getId());
    assertThat(ended.getStatus()).isEqualTo("canceled");
    assertThat(ended.getEndedAt()).isBetween(trial.getTrialEnd(), trial.getTrialEnd() + 60);
    assertThat(listed(null)).isEmpty();
    assertThat(listed(SubscriptionListParams.Status.ALL)).containsExactly(trial.getId());
    advance(30 * DAY);
    assertThat(RECEIVER.events("customer.subscription.deleted")).hasSize(1);
    assertThat(RECEIVER.events("customer.subscription.trial_will_end")).hasSize(1);
  }

  @Test
  void a_trial_has_an_invoice_of_nothing() throws Exception {
    Subscription trial = create(trialOf(now() + 14 * DAY));

    Invoice invoice = client().v1().invoices().retrieve(trial.getLatestInvoice());
    assertThat(invoice.getStatus()).isEqualTo("paid");
    assertThat(invoice.getBillingReason()).isEqualTo("subscription_create");
    assertThat(invoice.getTotal()).isZero();
    assertThat(invoice.getLines().getData().getFirst().getDescription())
        .isEqualTo("Trial period for Plan");
    assertThat(invoice.getLines().getData().getFirst().getPeriod().getEnd())
        .isEqualTo(trial.getTrialEnd());
    awaited("invoice.paid");
  }

  @Test
  void a_default_that_follows_what_has_paid_is_refused_and_not_ignored() throws Exception {
    SubscriptionCreateParams.Builder params =
        trialOf(now() + 14 * DAY)
            .setPaymentSettings(
                SubscriptionCreateParams.PaymentSettings.builder()
                    .setSaveDefaultPaymentMethod(
                        SubscriptionCreateParams.PaymentSettings.SaveDefaultPaymentMethod
                            .ON_SUBSCRIPTION)
                    .build());

    assertThatThrownBy(() -> create(params))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("the card that has paid last");
  }

  @Test
  void a_trial_that_is_cancelled_or_whose_customer_is_deleted_ends_at_once() throws Exception {
    Subscription cancelled = create(trialOf(now() + 14 * DAY));
    client().v1().subscriptions().cancel(cancelled.getId());
    SubscriptionCreateParams other = trialOf(now() + 14 * DAY).build();
    Subscription deleted = client().v1().subscriptions().create(other);
    client().v1().customers().delete(other.getCustomer());

    assertThat(status(cancelled)).isEqualTo("canceled");
    assertThat(status(deleted)).isEqualTo("canceled");
    assertThatThrownBy(() -> client().v1().subscriptions().cancel(cancelled.getId()))
        .isInstanceOf(InvalidRequestException.class);
    advance(20 * DAY);
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> RECEIVER.events("customer.subscription.deleted").size() == 2);
    assertThat(RECEIVER.types()).doesNotContain("customer.subscription.trial_will_end");
  }

  @Test
  void a_change_of_metadata_is_told() throws Exception {
    Subscription trial = create(trialOf(now() + 14 * DAY));

    client()
        .v1()
        .subscriptions()
        .update(trial.getId(), SubscriptionUpdateParams.builder().putMetadata("a", "2").build());

    Event changed = awaited("customer.subscription.updated");
    assertThat(changed.getData().getPreviousAttributes()).containsOnlyKeys("metadata");
  }

  @Test
  void a_trial_shorter_than_three_days_is_told_at_once() throws Exception {
    create(trialOf(now() + DAY));

    awaited("customer.subscription.trial_will_end");
  }

  @Test
  void a_subscription_without_a_trial_is_charged_at_once() throws Exception {
    SubscriptionCreateParams.Builder params = chargedAtOnce();
    assertThatThrownBy(() -> create(params))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            refused -> assertThat(refused.getCode()).isEqualTo("resource_missing"));
    payWith("pm_card_visa", params.build().getCustomer());

    Subscription paid = create(params);

    assertThat(paid.getStatus()).isEqualTo("active");
    Invoice first = client().v1().invoices().retrieve(paid.getLatestInvoice());
    assertThat(first.getStatus()).isEqualTo("paid");
    assertThat(first.getBillingReason()).isEqualTo("subscription_create");
    assertThat(first.getAmountPaid()).isEqualTo(9_900);
    advance(32 * DAY);
    assertThat(invoices(paid)).extracting(Invoice::getStatus).containsExactly("paid", "paid");
  }

  @Test
  void a_subscription_whose_first_month_is_not_paid_waits_for_that_and_expires() throws Exception {
    SubscriptionCreateParams.Builder params = chargedAtOnce();
    String card = payWith("pm_card_visa", params.build().getCustomer());
    decline(card, "insufficient_funds");
    assertThatThrownBy(() ->
            create(
                params.setPaymentBehavior(
                    SubscriptionCreateParams.PaymentBehavior.ERROR_IF_INCOMPLETE)))
        .isInstanceOf(CardException.class);
    assertThat(listed(SubscriptionListParams.Status.ALL)).isEmpty();

    params.setPaymentBehavior(SubscriptionCreateParams.PaymentBehavior.ALLOW_INCOMPLETE);
    Subscription recovered = create(params);
    Subscription expired = create(params);
    assertThat(recovered.getStatus()).isEqualTo("incomplete");
    decline(card, "none");
    client().v1().invoices().pay(recovered.getLatestInvoice());
    advance(DAY);

    assertThat(status(recovered)).isEqualTo("active");
    assertThat(status(expired)).isEqualTo("incomplete_expired");
    assertThat(client().v1().invoices().retrieve(expired.getLatestInvoice()).getStatus())
        .isEqualTo("void");
  }

  @Test
  void a_subscription_whose_first_invoice_is_voided_never_begins() throws Exception {
    SubscriptionCreateParams.Builder params = chargedAtOnce();
    decline(payWith("pm_card_visa", params.build().getCustomer()), "insufficient_funds");
    Subscription unpaid =
        create(
            params.setPaymentBehavior(SubscriptionCreateParams.PaymentBehavior.ALLOW_INCOMPLETE));

    client().v1().invoices().voidInvoice(unpaid.getLatestInvoice());

    assertThat(status(unpaid)).isEqualTo("incomplete_expired");
  }

  @Test
  void a_subscription_waits_for_a_first_payment_that_somebody_else_makes() throws Exception {
    SubscriptionCreateParams.Builder params =
        chargedAtOnce()
            .setPaymentBehavior(SubscriptionCreateParams.PaymentBehavior.DEFAULT_INCOMPLETE)
            .addExpand("latest_invoice.confirmation_secret");

    Subscription waiting = create(params);

    assertThat(waiting.getStatus()).isEqualTo("incomplete");
    Invoice invoice = waiting.getLatestInvoiceObject();
    assertThat(invoice.getConfirmationSecret().getClientSecret()).startsWith("pi_");
    client()
        .v1()
        .paymentIntents()
        .confirm(
            paymentOf(invoice).getPayment().getPaymentIntent(),
            PaymentIntentConfirmParams.builder().setPaymentMethod("pm_card_visa").build());
    assertThat(status(waiting)).isEqualTo("active");
  }

  @Test
  void a_trial_that_is_invoiced_in_any_case_is_past_due_without_a_card() throws Exception {
    Subscription trial =
        create(
            trialOf(now() + DAY)
                .setTrialSettings(
                    SubscriptionCreateParams.TrialSettings.builder()
                        .setEndBehavior(
                            SubscriptionCreateParams.TrialSettings.EndBehavior.builder()
                                .setMissingPaymentMethod(
                                    SubscriptionCreateParams.TrialSettings.EndBehavior
                                        .MissingPaymentMethod.CREATE_INVOICE)
                                .build())
                        .build()));

    advance(DAY);
    advance(HOUR);

    assertThat(status(trial)).isEqualTo("past_due");
  }

  @Test
  void a_trial_with_a_card_is_invoiced_charged_and_renewed_every_month() throws Exception {
    Subscription trial = create(trialOf(now() + 14 * DAY));
    payWith("pm_card_visa", trial);

    advance(14 * DAY);
    assertThat(status(trial)).isEqualTo("active");
    assertThat(invoices(trial)).extracting(Invoice::getStatus).containsExactly("draft");
    advance(HOUR);

    Invoice first = invoices(trial).getFirst();
    assertThat(first.getStatus()).isEqualTo("paid");
    assertThat(first.getAmountPaid()).isEqualTo(9_900);
    assertThat(first.getNumber()).endsWith("-0002");
    assertThat(first.getPeriodStart()).isEqualTo(trial.getTrialEnd());
    assertThat(first.getParent().getSubscriptionDetails().getSubscription())
        .isEqualTo(trial.getId());
    PaymentIntent intent =
        client().v1().paymentIntents().retrieve(paymentOf(first).getPayment().getPaymentIntent());
    assertThat(intent.getStatus()).isEqualTo("succeeded");
    assertThat(intent.getAmount()).isEqualTo(9_900);
    for (String type :
        List.of(
            "invoice.created",
            "invoice.finalized",
            "invoice_payment.paid",
            "invoice.paid",
            "invoice.payment_succeeded")) {
      awaited(type);
    }

    advance(32 * DAY);
    assertThat(invoices(trial)).extracting(Invoice::getStatus).containsExactly("paid", "paid");
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> state().get("chargesAwaitingBalanceTransaction").asInt() == 0);
    assertSumsAgree();
  }

  @Test
  void the_next_invoice_is_told_three_days_before() throws Exception {
    Subscription paid = paidSubscription();

    advance(end(paid) - 3 * DAY - HOUR - now());
    assertThat(RECEIVER.types()).doesNotContain("invoice.upcoming");
    advance(HOUR);

    Invoice upcoming =
        (Invoice) awaited("invoice.upcoming").getDataObjectDeserializer().getObject().orElseThrow();
    assertThat(upcoming.getId()).isNull();
    assertThat(upcoming.getTotal()).isEqualTo(9_900);
    assertThat(upcoming.getParent().getSubscriptionDetails().getSubscription())
        .isEqualTo(paid.getId());
  }

  @Test
  void a_card_pays_until_the_end_of_its_month_and_again_when_the_network_renews_it()
      throws Exception {
    Subscription paid = paidSubscription();
    String card = payWith("pm_card_visa", paid);
    YearMonth month = YearMonth.from(Instant.ofEpochSecond(end(paid)).atOffset(ZoneOffset.UTC));
    renew(card, month.minusMonths(1));

    advance(end(paid) - now());
    advance(HOUR);

    assertThat(status(paid)).isEqualTo("past_due");
    String intent = paymentOf(invoices(paid).getFirst()).getPayment().getPaymentIntent();
    assertThat(client().v1().paymentIntents().retrieve(intent).getLastPaymentError().getCode())
        .isEqualTo("expired_card");
    renew(card, month);
    awaited("payment_method.automatically_updated");
    assertThat(client().v1().invoices().pay(invoices(paid).getFirst().getId()).getStatus())
        .isEqualTo("paid");
  }

  private void renew(String card, YearMonth expiry) {
    lever(
        "POST",
        "payment-methods/" + card + "/network-update",
        "{\"expMonth\": %d, \"expYear\": %d}".formatted(expiry.getMonthValue(), expiry.getYear()));
  }

  @Test
  void a_declined_renewal_is_tried_for_two_weeks_and_paid_by_another_card() throws Exception {
    Subscription trial = create(trialOf(now() + DAY));
    decline(payWith("pm_card_visa", trial), "generic_decline");

    advance(DAY);
    advance(HOUR);
    assertThat(status(trial)).isEqualTo("past_due");
    Invoice open = invoices(trial).getFirst();
    assertThat(open.getAttemptCount()).isEqualTo(1);
    assertThat(open.getNextPaymentAttempt()).isCloseTo(now() + DAY, within(60L));
    awaited("invoice.payment_failed");
    advance(DAY);
    advance(2 * DAY);
    assertThat(invoices(trial).getFirst().getAttemptCount()).isEqualTo(3);

    payWith("pm_card_mastercard", trial);
    advance(2 * DAY);
    assertThat(status(trial)).isEqualTo("active");
    assertThat(invoices(trial).getFirst().getStatus()).isEqualTo("paid");
    // That of the trial, and this one.
    assertThat(RECEIVER.events("invoice.paid")).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void after_eight_attempts_nothing_is_tried_any_more_and_a_hard_decline_waits_for_another_card()
      throws Exception {
    Subscription soft = create(trialOf(now() + DAY));
    Subscription hard = create(trialOf(now() + DAY));
    Subscription replaced = create(trialOf(now() + DAY));
    decline(payWith("pm_card_visa", soft), "insufficient_funds");
    decline(payWith("pm_card_visa", hard), "stolen_card");
    decline(payWith("pm_card_visa", replaced), "transaction_not_allowed");

    advance(DAY);
    advance(HOUR);
    assertThat(invoices(hard).getFirst().getNextPaymentAttempt())
        .isCloseTo(now() + DAY, within(60L));
    advance(DAY);
    assertThat(invoices(hard).getFirst().getAttemptCount()).isEqualTo(2);
    assertThat(invoices(hard).getFirst().getNextPaymentAttempt())
        .isCloseTo(now() + 2 * DAY, within(60L));
    payWith("pm_card_mastercard", replaced);
    for (int day = 0; day < 20; day++) {
      advance(DAY);
    }

    assertThat(invoices(replaced).getFirst().getStatus()).isEqualTo("paid");
    assertThat(invoices(replaced).getFirst().getAttemptCount()).isEqualTo(3);
    assertThat(charges(replaced)).isEqualTo(2);
    assertThat(charges(soft)).isEqualTo(8);
    // Retries are counted as they were planned, and nobody was charged.
    assertThat(charges(hard)).isEqualTo(1);
    for (Subscription each : List.of(soft, hard)) {
      assertThat(invoices(each).getFirst().getAttemptCount()).isEqualTo(8);
      assertThat(invoices(each).getFirst().getNextPaymentAttempt()).isNull();
      assertThat(status(each)).isEqualTo("past_due");
    }
  }

  @Test
  void a_subscription_is_active_again_when_its_latest_month_is_paid_whatever_earlier_ones_are()
      throws Exception {
    Subscription trial = create(trialOf(now() + DAY));
    String declined = payWith("pm_card_visa", trial);
    decline(declined, "lost_card");
    advance(DAY);
    advance(HOUR);
    Invoice first = invoices(trial).getFirst();
    // The next month is a draft, then open.
    advance(31 * DAY);
    advance(2 * HOUR);
    Invoice second = invoices(trial).getFirst();
    assertThat(second.getId()).isNotEqualTo(first.getId());
    String other =
        taken("pm_card_mastercard", client().v1().customers().retrieve(trial.getCustomer()));

    assertThat(pay(first, other).getStatus()).isEqualTo("paid");
    assertThat(status(trial)).isEqualTo("past_due");
    assertThat(pay(second, other).getStatus()).isEqualTo("paid");
    assertThat(status(trial)).isEqualTo("active");
  }

  @Test
  void an_earlier_month_that_is_open_or_declined_again_leaves_what_is_paid_active()
      throws Exception {
    Subscription trial = create(trialOf(now() + DAY));
    String card = payWith("pm_card_visa", trial);
    decline(card, "lost_card");
    advance(DAY);
    advance(HOUR);
    Invoice first = invoices(trial).getFirst();
    decline(card, "none");
    advance(31 * DAY);
    advance(2 * HOUR);
    assertThat(invoices(trial)).extracting(Invoice::getStatus).containsExactly("paid", "open");
    assertThat(status(trial)).isEqualTo("active");

    decline(card, "insufficient_funds");
    assertThatThrownBy(() -> pay(first, card)).isInstanceOf(CardException.class);

    assertThat(status(trial)).isEqualTo("active");
  }

  @Test
  void a_latest_month_that_is_voided_leaves_it_to_the_one_before() throws Exception {
    Subscription trial = create(trialOf(now() + DAY));
    decline(payWith("pm_card_visa", trial), "lost_card");
    advance(DAY);
    advance(HOUR);
    Invoice first = invoices(trial).getFirst();
    advance(31 * DAY);
    advance(2 * HOUR);

    client().v1().invoices().voidInvoice(invoices(trial).getFirst().getId());
    assertThat(status(trial)).isEqualTo("past_due");
    client().v1().invoices().markUncollectible(first.getId());
    assertThat(status(trial)).isEqualTo("active");
  }

  private Invoice pay(Invoice invoice, String card) throws StripeException {
    return client()
        .v1()
        .invoices()
        .pay(invoice.getId(), InvoicePayParams.builder().setPaymentMethod(card).build());
  }

  private int charges(Subscription subscription) throws StripeException {
    return client()
        .v1()
        .charges()
        .list(
            ChargeListParams.builder()
                .setCustomer(subscription.getCustomer())
                .setLimit(100L)
                .build())
        .getData()
        .size();
  }

  @Test
  void an_open_invoice_is_paid_at_once_on_request() throws Exception {
    Subscription trial = create(trialOf(now() + DAY));
    String card = payWith("pm_card_visa", trial);
    decline(card, "insufficient_funds");
    advance(DAY);
    advance(HOUR);
    Invoice open = invoices(trial).getFirst();
    assertThatThrownBy(() -> client().v1().invoices().pay(open.getId()))
        .isInstanceOf(CardException.class);
    // Only the first attempt and those that are planned count.
    Invoice declined = invoices(trial).getFirst();
    assertThat(declined.getAttemptCount()).isEqualTo(1);
    assertThat(declined.getNextPaymentAttempt()).isEqualTo(open.getNextPaymentAttempt());

    decline(card, "none");
    Invoice paid = client().v1().invoices().pay(open.getId());

    assertThat(paid.getStatus()).isEqualTo("paid");
    assertThat(paid.getAttemptCount()).isEqualTo(1);
    assertThat(status(trial)).isEqualTo("active");
    assertThatThrownBy(() -> client().v1().invoices().pay(open.getId()))
        .hasMessageContaining("not open");
  }

  @Test
  void a_subscription_that_is_to_end_with_its_period_does_unless_that_is_taken_back()
      throws Exception {
    Subscription ends = create(trialOf(now() + DAY));
    Subscription goesOn = create(trialOf(now() + DAY));
    for (Subscription each : List.of(ends, goesOn)) {
      payWith("pm_card_visa", each);
      assertThat(endsWithPeriod(each, true).getCancelAt())
          .isEqualTo(each.getItems().getData().getFirst().getCurrentPeriodEnd());
    }
    assertThat(endsWithPeriod(goesOn, false).getCancelAt()).isNull();

    advance(DAY);
    advance(HOUR);

    assertThat(status(ends)).isEqualTo("canceled");
    assertThat(invoices(ends)).isEmpty();
    assertThat(status(goesOn)).isEqualTo("active");
    endsWithPeriod(goesOn, true);
    advance(31 * DAY);
    assertThat(status(goesOn)).isEqualTo("canceled");
    assertThat(invoices(goesOn)).hasSize(1);
  }

  @Test
  void a_subscription_ends_on_the_date_to_which_it_was_cancelled_unless_that_is_taken_back()
      throws Exception {
    Subscription ends = create(trialOf(now() + DAY));
    Subscription goesOn = create(trialOf(now() + DAY));
    long end = now() + 10 * DAY;
    for (Subscription each : List.of(ends, goesOn)) {
      payWith("pm_card_visa", each);
      Subscription cancelled =
          update(each, SubscriptionUpdateParams.builder().setCancelAt(end).build());
      assertThat(cancelled.getCancelAt()).isEqualTo(end);
      assertThat(cancelled.getCancelAtPeriodEnd()).isFalse();
    }
    SubscriptionUpdateParams both =
        SubscriptionUpdateParams.builder().setCancelAt(end).setCancelAtPeriodEnd(true).build();
    assertThatThrownBy(() -> update(ends, both)).isInstanceOf(InvalidRequestException.class);

    advance(DAY);
    advance(HOUR);
    assertThat(invoices(ends)).hasSize(1);
    SubscriptionUpdateParams unset =
        SubscriptionUpdateParams.builder().setCancelAt(EmptyParam.EMPTY).build();
    assertThat(update(goesOn, unset).getCancelAt()).isNull();
    advance(10 * DAY);

    assertThat(status(ends)).isEqualTo("canceled");
    assertThat(status(goesOn)).isEqualTo("active");
  }

  private Subscription update(Subscription subscription, SubscriptionUpdateParams params)
      throws StripeException {
    return client().v1().subscriptions().update(subscription.getId(), params);
  }

  @Test
  void what_is_open_is_not_tried_any_more_after_the_subscription_was_canceled() throws Exception {
    Subscription trial = create(trialOf(now() + DAY));
    decline(payWith("pm_card_visa", trial), "generic_decline");
    advance(DAY);
    advance(HOUR);

    client().v1().subscriptions().cancel(trial.getId());
    advance(5 * DAY);

    Invoice open = invoices(trial).getFirst();
    assertThat(open.getStatus()).isEqualTo("open");
    assertThat(open.getAttemptCount()).isEqualTo(1);
  }

  @Test
  void what_is_a_draft_stays_one_after_the_subscription_was_canceled() throws Exception {
    Subscription trial = create(trialOf(now() + DAY));
    payWith("pm_card_visa", trial);
    advance(DAY);

    client().v1().subscriptions().cancel(trial.getId());
    advance(DAY);

    assertThat(invoices(trial)).extracting(Invoice::getStatus).containsExactly("draft");
  }

  private Subscription endsWithPeriod(Subscription subscription, boolean ends)
      throws StripeException {
    return client()
        .v1()
        .subscriptions()
        .update(
            subscription.getId(),
            SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(ends).build());
  }

  private SubscriptionCreateParams.Builder chargedAtOnce() throws StripeException {
    return SubscriptionCreateParams.builder()
        .setCustomer(customer().getId())
        .addItem(
            SubscriptionCreateParams.Item.builder()
                .setPrice(monthlyPrice("price-" + System.nanoTime()).getId())
                .build());
  }

  private List<String> listed(SubscriptionListParams.@Nullable Status status)
      throws StripeException {
    SubscriptionListParams.Builder params = SubscriptionListParams.builder();
    if (status != null) {
      params.setStatus(status);
    }
    return client().v1().subscriptions().list(params.build()).getData().stream()
        .map(Subscription::getId)
        .toList();
  }
}
