package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.InvoiceCreateParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoicePayParams;
import com.stripe.param.InvoiceUpdateParams;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done with invoices, of subscriptions and others. */
class InvoiceIT extends SubscribedSandbox {

  /** The machine's own clock goes on while the sandbox's is moved. */
  private static final long MAX_SECONDS_LATE = 30;

  @Test
  void a_voided_invoice_cannot_be_paid_and_its_subscription_owes_nothing() throws Exception {
    Subscription pastDue = pastDue();
    Invoice open = invoices(pastDue).getFirst();

    Invoice voided = client().v1().invoices().voidInvoice(open.getId());

    assertThat(voided.getStatus()).isEqualTo("void");
    assertThat(voided.getStatusTransitions().getVoidedAt()).isNotNull();
    assertThat(status(pastDue)).isEqualTo("active");
    assertThat(paymentOf(voided).getStatus()).isEqualTo("canceled");
    awaited("invoice.voided");
    assertThatThrownBy(() -> client().v1().invoices().pay(open.getId()))
        .isInstanceOf(InvalidRequestException.class);
    assertThatThrownBy(() -> client().v1().invoices().voidInvoice(open.getId()))
        .isInstanceOf(InvalidRequestException.class);
    assertThat(listed(pastDue, InvoiceListParams.Status.VOID)).hasSize(1);
    assertThat(listed(pastDue, InvoiceListParams.Status.OPEN)).isEmpty();
    advance(5 * DAY);
    assertThat(client().v1().invoices().retrieve(open.getId()).getAttemptCount()).isEqualTo(1);
  }

  @Test
  void an_uncollectible_invoice_is_not_tried_any_more_and_can_still_be_paid() throws Exception {
    Subscription pastDue = pastDue();
    Invoice open = invoices(pastDue).getFirst();

    Invoice given = client().v1().invoices().markUncollectible(open.getId());

    assertThat(given.getStatus()).isEqualTo("uncollectible");
    assertThat(given.getNextPaymentAttempt()).isNull();
    assertThat(status(pastDue)).isEqualTo("active");
    awaited("invoice.marked_uncollectible");
    advance(5 * DAY);
    payWith("pm_card_mastercard", pastDue);
    assertThat(client().v1().invoices().pay(open.getId()).getStatus()).isEqualTo("paid");
  }

  @Test
  void an_invoice_is_paid_elsewhere_without_a_charge() throws Exception {
    Subscription pastDue = pastDue();

    Invoice paid =
        client()
            .v1()
            .invoices()
            .pay(
                invoices(pastDue).getFirst().getId(),
                InvoicePayParams.builder().setPaidOutOfBand(true).build());

    assertThat(paid.getStatus()).isEqualTo("paid");
    assertThat(status(pastDue)).isEqualTo("active");
    assertSumsAgree();
  }

  @Test
  void a_draft_of_a_subscription_is_finalized_on_request_and_charged() throws Exception {
    Subscription trial = create(trialOf(now() + DAY));
    payWith("pm_card_visa", trial);
    advance(DAY);
    Invoice draft = invoices(trial).getFirst();
    assertThat(draft.getStatus()).isEqualTo("draft");

    Invoice open = client().v1().invoices().finalizeInvoice(draft.getId());

    assertThat(open.getStatus()).isEqualTo("open");
    assertThat(open.getNumber()).isNotNull();
    advance(1);
    assertThat(client().v1().invoices().retrieve(draft.getId()).getStatus()).isEqualTo("paid");
    assertThatThrownBy(() -> client().v1().invoices().finalizeInvoice(draft.getId()))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void each_step_has_its_own_second_however_far_the_clock_is_moved() throws Exception {
    Subscription trial = create(trialOf(now() + 14 * DAY));
    decline(payWith("pm_card_visa", trial), "generic_decline");

    advance(18 * DAY);

    Invoice month = invoices(trial).getFirst();
    assertThat(month.getCreated())
        .isBetween(trial.getTrialEnd(), trial.getTrialEnd() + MAX_SECONDS_LATE);
    long finalized = month.getStatusTransitions().getFinalizedAt();
    assertThat(finalized)
        .isBetween(month.getCreated() + HOUR, month.getCreated() + HOUR + MAX_SECONDS_LATE);
    // After one day, and after two more; the next one comes after two more.
    assertThat(month.getAttemptCount()).isEqualTo(3);
    assertThat(month.getNextPaymentAttempt())
        .isBetween(finalized + 5 * DAY, finalized + 5 * DAY + 3 * MAX_SECONDS_LATE);
  }

  @Test
  void what_a_customer_owes_beside_subscriptions_is_invoiced_and_paid() throws Exception {
    Customer customer =
        client()
            .v1()
            .customers()
            .create(
                CustomerCreateParams.builder()
                    .setPaymentMethod("pm_card_visa")
                    .setInvoiceSettings(
                        CustomerCreateParams.InvoiceSettings.builder()
                            .setDefaultPaymentMethod("pm_card_visa")
                            .build())
                    .build());
    client()
        .v1()
        .invoiceItems()
        .create(
            InvoiceItemCreateParams.builder()
                .setCustomer(customer.getId())
                .setAmount(2_000L)
                .setCurrency("usd")
                .setDescription("Setup")
                .build());
    Invoice draft =
        client()
            .v1()
            .invoices()
            .create(
                InvoiceCreateParams.builder()
                    .setCustomer(customer.getId())
                    .setPendingInvoiceItemsBehavior(
                        InvoiceCreateParams.PendingInvoiceItemsBehavior.INCLUDE)
                    .build());
    assertThat(draft.getTotal()).isEqualTo(2_000);
    assertThat(draft.getCurrency()).isEqualTo("usd");
    client()
        .v1()
        .invoices()
        .update(draft.getId(), InvoiceUpdateParams.builder().putMetadata("foo", "bar").build());
    awaited("invoice.updated");

    Invoice paid = client().v1().invoices().pay(draft.getId());

    assertThat(paid.getStatus()).isEqualTo("paid");
    assertThat(paid.getLines().getData().getFirst().getDescription()).isEqualTo("Setup");
    assertThat(paid.getMetadata()).containsEntry("foo", "bar");
  }

  @Test
  void an_invoice_is_paid_on_its_page_with_another_card_that_the_bank_wants_to_know()
      throws Exception {
    Subscription pastDue = pastDue();
    Invoice open = invoices(pastDue).getFirst();
    String page = URI.create(open.getHostedInvoiceUrl()).getPath();

    assertThat(send(form(page, "card=4000000000000002")).body()).contains("Your card was declined");
    assertThat(send(form(page, "card=4000000000003220")).body()).contains("Your bank asks");
    assertThat(send(form(page + "/authentication", "outcome=complete")).status()).isEqualTo(303);

    assertThat(client().v1().invoices().retrieve(open.getId()).getStatus()).isEqualTo("paid");
    assertThat(status(pastDue)).isEqualTo("active");
    assertThat(send(api(page)).body()).contains("This invoice is paid");
  }

  /** A subscription whose first month was declined. */
  private Subscription pastDue() throws StripeException {
    Subscription trial = create(trialOf(now() + DAY));
    decline(payWith("pm_card_visa", trial), "generic_decline");
    advance(DAY);
    advance(HOUR);
    assertThat(status(trial)).isEqualTo("past_due");
    return trial;
  }

  private List<Invoice> listed(Subscription subscription, InvoiceListParams.Status status)
      throws StripeException {
    return client()
        .v1()
        .invoices()
        .list(
            InvoiceListParams.builder()
                .setCustomer(subscription.getCustomer())
                .setSubscription(subscription.getId())
                .setStatus(status)
                .build())
        .getData();
  }
}
