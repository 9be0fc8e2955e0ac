package io.cpdevents.billing.webhooks;

import static io.cpdevents.billing.webhooks.IgnoredReason.FOLLOWED_IN_BALANCE;
import static io.cpdevents.billing.webhooks.IgnoredReason.NOTHING_DEPENDS_ON_IT;
import static io.cpdevents.billing.webhooks.IgnoredReason.NOT_SUPPORTED;
import static io.cpdevents.billing.webhooks.IgnoredReason.TOLD_BY_ANOTHER_EVENT;
import static io.cpdevents.billing.webhooks.StripeEventTable.IdPath.ACCOUNT_OF_EVENT;
import static io.cpdevents.billing.webhooks.StripeEventTable.IdPath.ACCOUNT_OF_OBJECT;
import static io.cpdevents.billing.webhooks.StripeEventTable.IdPath.CUSTOMER_OF_OBJECT;
import static io.cpdevents.billing.webhooks.StripeEventTable.IdPath.INVOICE_OF_OBJECT;
import static io.cpdevents.billing.webhooks.StripeEventTable.IdPath.OBJECT;
import static io.cpdevents.billing.webhooks.StripeEventTable.IdPath.PAYMENT_INTENT_OF_OBJECT;
import static io.cpdevents.billing.webhooks.StripeEventTable.IdPath.RELEASED_SUBSCRIPTION_OF_OBJECT;
import static io.cpdevents.billing.webhooks.StripeEventTable.IdPath.SUBSCRIPTION_OF_OBJECT;

import io.cpdevents.billing.webhooks.Subject.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every type of Stripe's events that we know, one row each, and what is done about it: its object
 * is settled, it is republished for payout-service, or it is ignored for a reason. The endpoints at
 * Stripe are subscribed to what is not ignored.
 */
final class StripeEventTable {

  /** Where an event says the id of what it is about. */
  enum IdPath {
    /** {@code data.object.id}. */
    OBJECT,
    /** {@code data.object.payment_intent}. */
    PAYMENT_INTENT_OF_OBJECT,
    /** {@code data.object.customer}. */
    CUSTOMER_OF_OBJECT,
    /** {@code data.object.invoice}. */
    INVOICE_OF_OBJECT,
    /** {@code data.object.subscription}. */
    SUBSCRIPTION_OF_OBJECT,
    /** {@code data.object.released_subscription}. */
    RELEASED_SUBSCRIPTION_OF_OBJECT,
    /** {@code data.object.account}: the connected account that the object belongs to. */
    ACCOUNT_OF_OBJECT,
    /** {@code account}: the connected account on which the event happened. */
    ACCOUNT_OF_EVENT
  }

  /** What an event is about, if the id is there. */
  record SubjectPath(Kind kind, IdPath id) {}

  /** What is done about an event. */
  sealed interface Treatment {

    /** The first of these subjects that the event names is fetched and taken over. */
    record Settled(List<SubjectPath> subjects) implements Treatment {}

    /** The id is told to payout-service, which fetches the object. */
    record Republished(IdPath id) implements Treatment {}

    /** Nothing. */
    record Ignored(IgnoredReason reason) implements Treatment {}
  }

  /** What is done about a type of event, on each endpoint. */
  record Row(String type, Treatment onPlatform, Treatment onConnect) {

    Treatment on(WebhookEndpoint endpoint) {
      return switch (endpoint) {
        case PLATFORM -> onPlatform;
        case CONNECT -> onConnect;
      };
    }

    /** Whether the endpoint at Stripe must be subscribed to it. */
    boolean isSubscribed(WebhookEndpoint endpoint) {
      return switch (on(endpoint)) {
        case Treatment.Settled _, Treatment.Republished _ -> true;
        case Treatment.Ignored _ -> false;
      };
    }
  }

  static final List<Row> ROWS =
      List.of(
          // Money that comes in.
          settled("payment_intent.succeeded", subject(Kind.PAYMENT_INTENT, OBJECT)),
          settled("payment_intent.payment_failed", subject(Kind.PAYMENT_INTENT, OBJECT)),
          settled("payment_intent.canceled", subject(Kind.PAYMENT_INTENT, OBJECT)),
          settled("payment_intent.processing", subject(Kind.PAYMENT_INTENT, OBJECT)),
          ignored("payment_intent.created", NOTHING_DEPENDS_ON_IT),
          ignored("payment_intent.requires_action", NOTHING_DEPENDS_ON_IT),
          ignored("payment_intent.amount_capturable_updated", NOT_SUPPORTED),
          ignored("payment_intent.partially_funded", NOT_SUPPORTED),
          settled(
              "charge.updated",
              subject(Kind.PAYMENT_INTENT, PAYMENT_INTENT_OF_OBJECT),
              subject(Kind.CHARGE, OBJECT)),
          ignored("charge.succeeded", TOLD_BY_ANOTHER_EVENT),
          ignored("charge.failed", TOLD_BY_ANOTHER_EVENT),
          ignored("charge.pending", TOLD_BY_ANOTHER_EVENT),
          ignored("charge.captured", NOT_SUPPORTED),
          ignored("charge.expired", NOT_SUPPORTED),

          // Pages. What was paid is settled by its payment intent, together with that one's events.
          // A page that nothing is paid on saves a card for its customer.
          settled(
              "checkout.session.completed",
              subject(Kind.PAYMENT_INTENT, PAYMENT_INTENT_OF_OBJECT),
              subject(Kind.CUSTOMER, CUSTOMER_OF_OBJECT),
              subject(Kind.CHECKOUT_SESSION, OBJECT)),
          settled(
              "checkout.session.async_payment_succeeded",
              subject(Kind.PAYMENT_INTENT, PAYMENT_INTENT_OF_OBJECT),
              subject(Kind.CHECKOUT_SESSION, OBJECT)),
          settled("checkout.session.async_payment_failed", subject(Kind.CHECKOUT_SESSION, OBJECT)),
          settled("checkout.session.expired", subject(Kind.CHECKOUT_SESSION, OBJECT)),

          // Money that goes back.
          settled("refund.created", subject(Kind.REFUND, OBJECT)),
          settled("refund.updated", subject(Kind.REFUND, OBJECT)),
          settled("refund.failed", subject(Kind.REFUND, OBJECT)),
          settled(
              "charge.refunded",
              subject(Kind.REFUNDS_OF_PAYMENT_INTENT, PAYMENT_INTENT_OF_OBJECT),
              subject(Kind.CHARGE, OBJECT)),
          ignored("charge.refund.updated", TOLD_BY_ANOTHER_EVENT),

          // Disputes.
          settled("charge.dispute.created", subject(Kind.DISPUTE, OBJECT)),
          settled("charge.dispute.updated", subject(Kind.DISPUTE, OBJECT)),
          settled("charge.dispute.closed", subject(Kind.DISPUTE, OBJECT)),
          settled("charge.dispute.funds_withdrawn", subject(Kind.DISPUTE, OBJECT)),
          settled("charge.dispute.funds_reinstated", subject(Kind.DISPUTE, OBJECT)),
          settled("radar.early_fraud_warning.created", subject(Kind.FRAUD_WARNING, OBJECT)),
          settled("radar.early_fraud_warning.updated", subject(Kind.FRAUD_WARNING, OBJECT)),

          // Organizations' Stripe accounts, and what is paid out to them.
          republished("account.updated", OBJECT),
          republished("account.application.deauthorized", ACCOUNT_OF_EVENT),
          ignored("account.application.authorized", NOTHING_DEPENDS_ON_IT),
          republished("account.external_account.created", ACCOUNT_OF_OBJECT),
          republished("account.external_account.updated", ACCOUNT_OF_OBJECT),
          republished("account.external_account.deleted", ACCOUNT_OF_OBJECT),
          republished("capability.updated", ACCOUNT_OF_OBJECT),
          ignored("person.created", TOLD_BY_ANOTHER_EVENT),
          ignored("person.updated", TOLD_BY_ANOTHER_EVENT),
          ignored("person.deleted", TOLD_BY_ANOTHER_EVENT),
          // Payout-service learns of its own transfers from Stripe's answers. Whatever else moves
          // money, as a reversal in the dashboard does, is a transaction that nobody can explain.
          ignored("transfer.created", FOLLOWED_IN_BALANCE),
          ignored("transfer.updated", NOTHING_DEPENDS_ON_IT),
          ignored("transfer.reversed", FOLLOWED_IN_BALANCE),
          republished("payout.created", OBJECT),
          republished("payout.updated", OBJECT),
          republished("payout.paid", OBJECT),
          republished("payout.failed", OBJECT),
          republished("payout.canceled", OBJECT),
          republished("payout.reconciliation_completed", OBJECT),
          republished("balance.available", ACCOUNT_OF_EVENT),

          // Buyers, and organizations that pay for plans.
          ignored("customer.created", NOTHING_DEPENDS_ON_IT),
          settled("customer.updated", subject(Kind.CUSTOMER, OBJECT)),
          settled("customer.deleted", subject(Kind.CUSTOMER, OBJECT)),

          // Plans, their invoices and the cards that pay them.
          settled("customer.subscription.created", subject(Kind.SUBSCRIPTION, OBJECT)),
          settled("customer.subscription.updated", subject(Kind.SUBSCRIPTION, OBJECT)),
          settled("customer.subscription.deleted", subject(Kind.SUBSCRIPTION, OBJECT)),
          settled("customer.subscription.paused", subject(Kind.SUBSCRIPTION, OBJECT)),
          settled("customer.subscription.resumed", subject(Kind.SUBSCRIPTION, OBJECT)),
          settled("customer.subscription.trial_will_end", subject(Kind.SUBSCRIPTION, OBJECT)),
          settled(
              "customer.subscription.pending_update_applied", subject(Kind.SUBSCRIPTION, OBJECT)),
          settled(
              "customer.subscription.pending_update_expired", subject(Kind.SUBSCRIPTION, OBJECT)),
          schedule("subscription_schedule.created"),
          schedule("subscription_schedule.updated"),
          schedule("subscription_schedule.released"),
          schedule("subscription_schedule.completed"),
          schedule("subscription_schedule.canceled"),
          schedule("subscription_schedule.aborted"),
          ignored("subscription_schedule.expiring", NOTHING_DEPENDS_ON_IT),
          ignored("invoice.created", NOTHING_DEPENDS_ON_IT),
          settled("invoice.finalized", subject(Kind.INVOICE, OBJECT)),
          settled("invoice.finalization_failed", subject(Kind.INVOICE, OBJECT)),
          settled("invoice.paid", subject(Kind.INVOICE, OBJECT)),
          ignored("invoice.payment_succeeded", TOLD_BY_ANOTHER_EVENT),
          settled("invoice.payment_failed", subject(Kind.INVOICE, OBJECT)),
          settled("invoice.payment_action_required", subject(Kind.INVOICE, OBJECT)),
          ignored("invoice.payment_attempt_required", NOTHING_DEPENDS_ON_IT),
          ignored("invoice.upcoming", NOTHING_DEPENDS_ON_IT),
          ignored("invoice.will_be_due", NOTHING_DEPENDS_ON_IT),
          settled("invoice.overdue", subject(Kind.INVOICE, OBJECT)),
          settled("invoice.overpaid", subject(Kind.INVOICE, OBJECT)),
          settled("invoice.updated", subject(Kind.INVOICE, OBJECT)),
          ignored("invoice.sent", NOTHING_DEPENDS_ON_IT),
          ignored("invoice.deleted", NOTHING_DEPENDS_ON_IT),
          settled("invoice.voided", subject(Kind.INVOICE, OBJECT)),
          settled("invoice.marked_uncollectible", subject(Kind.INVOICE, OBJECT)),
          settled("invoice_payment.paid", subject(Kind.INVOICE, INVOICE_OF_OBJECT)),
          ignored("credit_note.created", NOT_SUPPORTED),
          ignored("credit_note.updated", NOT_SUPPORTED),
          ignored("credit_note.voided", NOT_SUPPORTED),
          settled("setup_intent.succeeded", subject(Kind.CUSTOMER, CUSTOMER_OF_OBJECT)),
          ignored("setup_intent.setup_failed", NOTHING_DEPENDS_ON_IT),
          settled("payment_method.attached", subject(Kind.CUSTOMER, CUSTOMER_OF_OBJECT)),
          settled("payment_method.updated", subject(Kind.CUSTOMER, CUSTOMER_OF_OBJECT)),
          settled(
              "payment_method.automatically_updated", subject(Kind.CUSTOMER, CUSTOMER_OF_OBJECT)),
          settled("payment_method.detached", subject(Kind.PAYMENT_METHOD, OBJECT)),
          ignored("mandate.updated", NOT_SUPPORTED),

          // Reports, which are not asked for, and the clocks of Stripe's test mode.
          ignored("reporting.report_run.succeeded", NOT_SUPPORTED),
          ignored("reporting.report_run.failed", NOT_SUPPORTED),
          ignored("test_helpers.test_clock.ready", NOTHING_DEPENDS_ON_IT));

  private static final Map<String, Row> BY_TYPE =
      ROWS.stream().collect(Collectors.toUnmodifiableMap(Row::type, Function.identity()));

  private StripeEventTable() {}

  /** What is done about an event of this type. */
  static Treatment treatment(WebhookEndpoint endpoint, String type) {
    return Optional.ofNullable(BY_TYPE.get(type))
        .map(row -> row.on(endpoint))
        .orElseGet(() -> new Treatment.Ignored(IgnoredReason.UNKNOWN_TYPE));
  }

  private static SubjectPath subject(Kind kind, IdPath id) {
    return new SubjectPath(kind, id);
  }

  /** On the platform's endpoint: what connected accounts sell by themselves is not ours. */
  private static Row schedule(String type) {
    return settled(
        type,
        subject(Kind.SUBSCRIPTION, SUBSCRIPTION_OF_OBJECT),
        subject(Kind.SUBSCRIPTION, RELEASED_SUBSCRIPTION_OF_OBJECT));
  }

  private static Row settled(String type, SubjectPath... subjects) {
    return new Row(type, new Treatment.Settled(Arrays.asList(subjects)), ofOtherEndpoint());
  }

  /** On the endpoint for connected accounts: the platform's own account is not paid out by us. */
  private static Row republished(String type, IdPath id) {
    return new Row(type, ofOtherEndpoint(), new Treatment.Republished(id));
  }

  private static Row ignored(String type, IgnoredReason reason) {
    return new Row(type, new Treatment.Ignored(reason), new Treatment.Ignored(reason));
  }

  private static Treatment ofOtherEndpoint() {
    return new Treatment.Ignored(IgnoredReason.OTHER_ENDPOINT);
  }
}
