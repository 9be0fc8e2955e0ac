package io.cpdevents.billing.webhooks;

import static io.cpdevents.billing.webhooks.IgnoredReason.NOT_SUPPORTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.param.WebhookEndpointCreateParams.EnabledEvent;
import io.cpdevents.billing.webhooks.StripeEventTable.Treatment;
import io.cpdevents.platform.test.HouseDocs;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StripeEventTableTest {

  @Test
  void the_lists_for_the_endpoints_at_stripe_are_what_is_not_ignored() {
    HouseDocs.assertFile(
        "deploy/stripe/webhook-events.txt",
        """
        # /webhooks/stripe: events on the platform's account
        %s

        # /webhooks/stripe-connect: events on connected accounts
        %s
        """
            .formatted(subscribed(WebhookEndpoint.PLATFORM), subscribed(WebhookEndpoint.CONNECT)));
  }

  @Test
  void every_type_is_one_of_stripes() {
    Set<String> known =
        Arrays.stream(EnabledEvent.values())
            .map(EnabledEvent::getValue)
            .collect(Collectors.toSet());
    assertThat(known)
        .containsAll(StripeEventTable.ROWS.stream().map(StripeEventTable.Row::type).toList());
  }

  /** What Stripe tells about the flows of this platform, whether they are built or not. */
  private static final Map<String, String> TYPES_BY_FLOW =
      Map.of(
          "registration payment",
          """
          checkout.session.completed checkout.session.async_payment_succeeded
          checkout.session.async_payment_failed checkout.session.expired
          payment_intent.created payment_intent.succeeded payment_intent.payment_failed
          payment_intent.processing payment_intent.requires_action payment_intent.canceled
          charge.updated charge.succeeded charge.failed charge.captured charge.expired
          charge.pending radar.early_fraud_warning.created radar.early_fraud_warning.updated
          """,
          "refund",
          """
          refund.created refund.updated refund.failed charge.refunded charge.refund.updated
          """,
          "dispute",
          """
          charge.dispute.created charge.dispute.updated charge.dispute.closed
          charge.dispute.funds_withdrawn charge.dispute.funds_reinstated
          """,
          "buyers",
          """
          customer.created customer.updated customer.deleted
          """,
          "payout",
          """
          transfer.created transfer.updated transfer.reversed payout.created payout.updated
          payout.paid payout.failed payout.canceled payout.reconciliation_completed
          balance.available account.updated capability.updated
          account.external_account.created account.external_account.updated
          account.external_account.deleted account.application.deauthorized
          """,
          "subscription",
          """
          customer.subscription.created customer.subscription.updated
          customer.subscription.deleted customer.subscription.paused customer.subscription.resumed
          customer.subscription.trial_will_end customer.subscription.pending_update_applied
          customer.subscription.pending_update_expired subscription_schedule.created
          subscription_schedule.updated subscription_schedule.released
          subscription_schedule.completed subscription_schedule.canceled
          subscription_schedule.aborted subscription_schedule.expiring
          """,
          "invoice",
          """
          invoice.created invoice.finalized invoice.finalization_failed invoice.paid
          invoice.payment_succeeded invoice.payment_failed invoice.payment_action_required
          invoice.payment_attempt_required invoice.upcoming invoice.will_be_due invoice.overdue
          invoice.overpaid invoice.updated invoice.voided invoice.marked_uncollectible invoice.sent
          invoice.deleted invoice_payment.paid credit_note.created credit_note.updated
          credit_note.voided
          """,
          "payment methods",
          """
          setup_intent.succeeded setup_intent.setup_failed payment_method.attached
          payment_method.updated payment_method.automatically_updated payment_method.detached
          mandate.updated
          """,
          "reports and test clocks",
          """
          reporting.report_run.succeeded reporting.report_run.failed
          test_helpers.test_clock.ready
          """);

  @Test
  void every_type_about_a_flow_of_this_platform_is_decided() {
    Set<String> decided =
        StripeEventTable.ROWS.stream().map(StripeEventTable.Row::type).collect(Collectors.toSet());
    TYPES_BY_FLOW.forEach((flow, types) ->
        assertThat(decided).as(flow).containsAll(List.of(types.strip().split("\\s+"))));
  }

  @Test
  void no_type_has_two_rows() {
    assertThat(StripeEventTable.ROWS.stream().map(StripeEventTable.Row::type))
        .doesNotHaveDuplicates();
  }

  /** What is built has no row that says that it is not, except for ways that are not offered. */
  @Test
  void payments_refunds_disputes_and_buyers_are_supported() {
    assertThat(
            StripeEventTable.ROWS.stream()
                .filter(row -> row.onPlatform().equals(new Treatment.Ignored(NOT_SUPPORTED)))
                .map(StripeEventTable.Row::type)
                .filter(type ->
                    Stream.of("registration payment", "refund", "dispute", "buyers")
                        .map(flow -> TYPES_BY_FLOW.getOrDefault(flow, ""))
                        .anyMatch(types -> types.contains(type))))
        .isSubsetOf(
            // Money is captured at once: nothing is only authorized.
            "charge.captured", "charge.expired");
  }

  @Test
  void a_type_that_is_not_in_the_table_is_unknown() {
    assertThat(StripeEventTable.treatment(WebhookEndpoint.PLATFORM, "climate.order.created"))
        .isEqualTo(new Treatment.Ignored(IgnoredReason.UNKNOWN_TYPE));
  }

  @Test
  void money_is_taken_on_the_platforms_endpoint_alone() {
    assertThat(StripeEventTable.treatment(WebhookEndpoint.PLATFORM, "payment_intent.succeeded"))
        .isInstanceOf(Treatment.Settled.class);
    assertThat(StripeEventTable.treatment(WebhookEndpoint.CONNECT, "payment_intent.succeeded"))
        .isEqualTo(new Treatment.Ignored(IgnoredReason.OTHER_ENDPOINT));
  }

  private static String subscribed(WebhookEndpoint endpoint) {
    return StripeEventTable.ROWS.stream()
        .filter(row -> row.isSubscribed(endpoint))
        .map(StripeEventTable.Row::type)
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
