package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.param.EventListParams;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sandbox accepts what Stripe's own CLI sends, because it is valid at Stripe. */
class StripeCliIT extends ConnectedSandbox {
  private static Optional<StripeCli> cli = Optional.empty();

  @BeforeAll
  static void install() {
    cli = StripeCli.installed();
  }

  /** Checked before each test, so that the report shows which tests were skipped and why. */
  @BeforeEach
  void require_the_cli() {
    Assumptions.assumeTrue(
        cli.isPresent(),
        "Skipped: Stripe's CLI is not here. It needs Node, and an npm registry once.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "payment_intent.succeeded",
        "payment_intent.payment_failed",
        "payment_intent.canceled",
        "payment_intent.amount_capturable_updated",
        "payment_intent.requires_action",
        "charge.succeeded",
        "charge.failed",
        "charge.captured",
        "charge.refunded",
        "charge.refund.updated",
        "charge.dispute.created",
        "charge.dispute.closed",
        "charge.dispute.updated",
        "checkout.session.completed",
        "checkout.session.expired",
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
        "customer.created",
        "customer.updated",
        "customer.deleted",
        "payment_method.attached",
        "payment_method.detached",
        "payment_method.updated",
        "setup_intent.succeeded",
        "setup_intent.canceled",
        "setup_intent.requires_action",
        "setup_intent.setup_failed",
        "product.created",
        "balance.available",
        "payout.created",
        "payout.updated",
        "topup.created",
        "customer.subscription.created",
        "customer.subscription.updated",
        "customer.subscription.deleted",
        "customer.subscription.trial_will_end",
        "invoiceitem.created",
        "invoice.created",
        "invoice.updated",
        "invoice.finalized",
        "invoice.paid",
        "invoice.payment_succeeded",
        "invoice.payment_failed",
        "invoice.payment_action_required",
        "invoice.voided",
        "invoice.marked_uncollectible",
        "subscription_schedule.created",
        "subscription_schedule.updated",
        "subscription_schedule.released",
        "subscription_schedule.canceled",
        "test_helpers.test_clock.ready"
      })
  void stripes_cli_triggers_every_event(String type) {
    // The CLI pays out at once, before the money of its own payment is there.
    fund(10_000, "usd");

    trigger(type);

    awaitTold(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"account.updated", "account.application.deauthorized"})
  void stripes_cli_triggers_events_of_connected_accounts(String type) {
    trigger(type);

    await().atMost(MAX_WAIT_TIME).until(() -> CONNECT.types().contains(type));
  }

  /** The CLI has no trigger for it; the file lets a month pass until three days before its end. */
  @Test
  void stripes_cli_plays_what_announces_an_invoice() {
    StripeCli.Ended ended =
        cli.orElseThrow()
            .play(Path.of("fixtures/invoice.upcoming.json"), "http://127.0.0.1:" + port);

    assertThat(ended.code()).as(ended.output()).isZero();
    awaitTold("invoice.upcoming");
  }

  private void awaitTold(String type) {
    await()
        .atMost(MAX_WAIT_TIME)
        .until(() ->
            !client()
                .v1()
                .events()
                .list(EventListParams.builder().setType(type).build())
                .getData()
                .isEmpty());
  }

  private void trigger(String type) {
    StripeCli.Ended ended = cli.orElseThrow().trigger(type, "http://127.0.0.1:" + port);
    assertThat(ended.code()).as(ended.output()).isZero();
  }
}
