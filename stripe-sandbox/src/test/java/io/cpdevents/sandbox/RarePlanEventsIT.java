package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.model.CreditNote;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.Mandate;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.param.CreditNoteUpdateParams;
import com.stripe.param.InvoiceCreateParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionItemListParams;
import com.stripe.param.SubscriptionItemUpdateParams;
import com.stripe.param.SubscriptionScheduleCreateParams;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Stripe tells of plans that no request of a platform such as ours causes, and items. */
class RarePlanEventsIT extends SubscribedSandbox {

  @Test
  void the_item_of_a_subscription_is_found_and_changed_as_by_the_subscription() throws Exception {
    Subscription subscription = paidSubscription();
    String id = item(subscription).getId();
    SubscriptionItemListParams of =
        SubscriptionItemListParams.builder().setSubscription(subscription.getId()).build();
    assertThat(client().v1().subscriptionItems().list(of).getData())
        .extracting(SubscriptionItem::getId)
        .containsExactly(id);
    String larger = monthlyPrice("larger", 19_900).getId();

    SubscriptionItem changed =
        client()
            .v1()
            .subscriptionItems()
            .update(
                id,
                SubscriptionItemUpdateParams.builder()
                    .setPrice(larger)
                    .setProrationBehavior(
                        SubscriptionItemUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
                    .putMetadata("a", "1")
                    .build());

    assertThat(changed.getPrice().getId()).isEqualTo(larger);
    assertThat(changed.getMetadata()).containsEntry("a", "1");
    assertThat(client().v1().subscriptionItems().retrieve(id).getPrice().getId()).isEqualTo(larger);
    Subscription now = client().v1().subscriptions().retrieve(subscription.getId());
    assertThat(priceOf(now)).isEqualTo(larger);
    Invoice invoice = client().v1().invoices().retrieve(now.getLatestInvoice());
    assertThat(invoice.getBillingReason()).isEqualTo("subscription_update");
    assertThat(invoice.getStatus()).isEqualTo("paid");
    awaited("customer.subscription.updated");
    assertThatThrownBy(() -> client().v1().subscriptionItems().retrieve("si_nobody"))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void a_paused_subscription_is_not_charged_until_it_is_resumed() throws Exception {
    Subscription subscription = paidSubscription();
    String path = "subscriptions/" + subscription.getId();

    lever("POST", path + "/pause", "");

    awaited("customer.subscription.paused");
    assertThat(status(subscription)).isEqualTo("paused");
    advance(40 * DAY);
    assertThat(invoices(subscription)).hasSize(1);
    assertThat(leverOnce("POST", path + "/pause", "").status()).isEqualTo(400);
    lever("POST", path + "/resumption", "");
    awaited("customer.subscription.resumed");
    assertThat(status(subscription)).isEqualTo("active");
    advance(2 * HOUR);
    assertThat(invoices(subscription)).hasSize(2);
    assertThat(invoices(subscription)).extracting(Invoice::getStatus).containsOnly("paid");
    advance(31 * DAY);
    advance(2 * HOUR);
    assertThat(invoices(subscription)).hasSize(3);
  }

  @Test
  void one_that_is_resumed_within_its_month_goes_on_with_the_next() throws Exception {
    Subscription subscription = paidSubscription();

    lever("POST", "subscriptions/" + subscription.getId() + "/pause", "");
    advance(5 * DAY);
    lever("POST", "subscriptions/" + subscription.getId() + "/resumption", "");

    assertThat(invoices(subscription)).hasSize(1);
    advance(27 * DAY);
    advance(2 * HOUR);
    assertThat(invoices(subscription)).hasSize(2);
  }

  @Test
  void a_trial_without_a_card_is_paused_when_that_was_wanted() throws Exception {
    Subscription trial =
        create(
            trialOf(now() + DAY)
                .setTrialSettings(
                    SubscriptionCreateParams.TrialSettings.builder()
                        .setEndBehavior(
                            SubscriptionCreateParams.TrialSettings.EndBehavior.builder()
                                .setMissingPaymentMethod(
                                    SubscriptionCreateParams.TrialSettings.EndBehavior
                                        .MissingPaymentMethod.PAUSE)
                                .build())
                        .build()));

    advance(2 * DAY);

    awaited("customer.subscription.paused");
    assertThat(status(trial)).isEqualTo("paused");
    assertThat(invoices(trial)).isEmpty();
  }

  @Test
  void a_subscription_that_stripe_gives_up_aborts_its_schedule() throws Exception {
    Subscription subscription = paidSubscription();
    client()
        .v1()
        .subscriptionSchedules()
        .create(
            SubscriptionScheduleCreateParams.builder()
                .setFromSubscription(subscription.getId())
                .build());

    lever("POST", "subscriptions/" + subscription.getId() + "/delinquency", "");

    awaited("subscription_schedule.aborted");
    awaited("customer.subscription.deleted");
    assertThat(RECEIVER.types()).doesNotContain("subscription_schedule.canceled");
    Subscription ended = client().v1().subscriptions().retrieve(subscription.getId());
    assertThat(ended.getStatus()).isEqualTo("canceled");
    assertThat(ended.getCancellationDetails().getReason()).isEqualTo("payment_failed");
  }

  @Test
  void a_draft_that_cannot_be_finalized_stays_one_until_somebody_finalizes_it() throws Exception {
    Subscription subscription = paidSubscription();
    advance(end(subscription) - now());
    Invoice draft = draftOf(subscription);

    lever("POST", "invoices/" + draft.getId() + "/finalization-failure", "");

    Event failed = awaited("invoice.finalization_failed");
    assertThat(failed.getDataObjectDeserializer().getObject().orElseThrow().toJson())
        .contains("customer_tax_location_invalid");
    advance(DAY);
    assertThat(client().v1().invoices().retrieve(draft.getId()).getStatus()).isEqualTo("draft");
    Invoice open = client().v1().invoices().finalizeInvoice(draft.getId());
    assertThat(open.getStatus()).isEqualTo("open");
    assertThat(open.getLastFinalizationError()).isNull();
  }

  private Invoice draftOf(Subscription subscription) throws Exception {
    return client()
        .v1()
        .invoices()
        .list(
            InvoiceListParams.builder()
                .setSubscription(subscription.getId())
                .setStatus(InvoiceListParams.Status.DRAFT)
                .build())
        .getData()
        .getFirst();
  }

  @Test
  void what_is_told_of_an_open_invoice_changes_nothing_of_it() throws Exception {
    Subscription subscription = paidSubscription();
    decline(
        client()
            .v1()
            .customers()
            .retrieve(subscription.getCustomer())
            .getInvoiceSettings()
            .getDefaultPaymentMethod(),
        "insufficient_funds");
    advance(31 * DAY);
    advance(2 * HOUR);
    Invoice open = invoices(subscription).getFirst();
    assertThat(open.getStatus()).isEqualTo("open");

    for (String what : List.of("due-soon", "overdue", "attempt-required")) {
      assertThat(lever("POST", "invoices/" + open.getId() + "/" + what, "").status())
          .isEqualTo(200);
    }

    for (String type :
        List.of("invoice.will_be_due", "invoice.overdue", "invoice.payment_attempt_required")) {
      awaited(type);
    }
    assertThat(client().v1().invoices().retrieve(open.getId()).getStatus()).isEqualTo("open");
    String paid = invoices(subscription).getLast().getId();
    assertThat(leverOnce("POST", "invoices/" + paid + "/overdue", "").status()).isEqualTo(400);
  }

  @Test
  void what_was_overpaid_or_is_credited_of_an_invoice_is_told() throws Exception {
    Subscription subscription = paidSubscription();
    String paid = invoices(subscription).getFirst().getId();

    lever("POST", "invoices/" + paid + "/overpayment", "{\"amountMinor\": 100}");
    String note =
        lever("POST", "invoices/" + paid + "/credit-notes", "{\"amountMinor\": 900}")
            .json()
            .get("id")
            .asString();

    awaited("invoice.overpaid");
    awaited("credit_note.created");
    assertThat(client().v1().invoices().retrieve(paid).getAmountOverpaid()).isEqualTo(100);
    assertThat(client().v1().invoices().retrieve(paid).getPostPaymentCreditNotesAmount())
        .isEqualTo(900);
    assertThat(balanceOf(subscription)).isEqualTo(-900);
    client()
        .v1()
        .creditNotes()
        .update(note, CreditNoteUpdateParams.builder().setMemo("Sorry").build());
    awaited("credit_note.updated");
    CreditNote taken = client().v1().creditNotes().voidCreditNote(note);
    assertThat(taken.getStatus()).isEqualTo("void");
    assertThat(taken.getMemo()).isEqualTo("Sorry");
    awaited("credit_note.voided");
    assertThat(balanceOf(subscription)).isZero();
    assertThat(
            leverOnce("POST", "invoices/" + paid + "/credit-notes", "{\"amountMinor\": 99000}")
                .status())
        .isEqualTo(400);
  }

  private long balanceOf(Subscription subscription) throws Exception {
    return client().v1().customers().retrieve(subscription.getCustomer()).getBalance();
  }

  @Test
  void an_invoice_made_by_hand_is_sent_or_deleted_as_a_draft() throws Exception {
    String customer = customer().getId();
    client()
        .v1()
        .invoiceItems()
        .create(
            InvoiceItemCreateParams.builder()
                .setCustomer(customer)
                .setCurrency("cad")
                .setAmount(500L)
                .build());
    InvoiceCreateParams params =
        InvoiceCreateParams.builder()
            .setCustomer(customer)
            .setPendingInvoiceItemsBehavior(InvoiceCreateParams.PendingInvoiceItemsBehavior.INCLUDE)
            .build();
    Invoice deleted = client().v1().invoices().create(params);

    client().v1().invoices().delete(deleted.getId());

    awaited("invoice.deleted");
    assertThatThrownBy(() -> client().v1().invoices().retrieve(deleted.getId()))
        .isInstanceOf(InvalidRequestException.class);
    // What it would have charged waits for the next one.
    Invoice sent =
        client().v1().invoices().sendInvoice(client().v1().invoices().create(params).getId());
    assertThat(sent.getStatus()).isEqualTo("open");
    assertThat(sent.getTotal()).isEqualTo(500);
    awaited("invoice.sent");
    assertThatThrownBy(() -> client().v1().invoices().delete(sent.getId()))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void the_end_of_a_mandate_is_told() throws Exception {
    String method =
        send(form("/v1/payment_methods", "type=sepa_debit&sepa_debit[iban]=AT611904300234573201"))
            .json()
            .get("id")
            .asString();

    lever("POST", "payment-methods/" + method + "/mandate-revocation", "");

    Event told = awaited("mandate.updated");
    Mandate mandate = (Mandate) told.getDataObjectDeserializer().getObject().orElseThrow();
    assertThat(mandate.getStatus()).isEqualTo("inactive");
    assertThat(mandate.getPaymentMethod()).isEqualTo(method);
  }
}
