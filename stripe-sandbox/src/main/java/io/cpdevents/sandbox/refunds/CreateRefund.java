package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.payments.Amounts;
import io.cpdevents.sandbox.payments.TestCard;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Refunds a charge, completely or in part. */
@Component
class CreateRefund {
  private final StripeObjects objects;
  private final BalanceTransactions transactions;
  private final Events events;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final SandboxSettings settings;

  CreateRefund(
      StripeObjects objects,
      BalanceTransactions transactions,
      Events events,
      PlannedSteps steps,
      SandboxClock clock,
      SandboxSettings settings) {
    this.objects = objects;
    this.transactions = transactions;
    this.events = events;
    this.steps = steps;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * What is to be refunded.
   *
   * @param amount in minor units; null for all that is not refunded yet
   */
  record Wanted(
      String account,
      String chargeId,
      @Nullable Long amount,
      @Nullable String reason,
      ObjectNode metadata) {}

  StripeObject handle(Wanted wanted) {
    StripeObject charge =
        objects
            .lock("charge", wanted.chargeId())
            .filter(found -> found.account().equals(wanted.account()))
            .orElseThrow(
                () -> StripeRefusal.noSuchParameter("charge", wanted.chargeId(), "charge"));
    long amount = refundable(charge, wanted.amount());
    StripeObject refund =
        StripeObject.shaped(charge.account(), "refund", StripeIds.next("re"), clock.epochSecond());
    ObjectNode body = refund.body();
    body.put("amount", amount);
    body.put("charge", charge.id());
    body.set("currency", charge.body().get("currency"));
    body.set("payment_intent", charge.body().get("payment_intent"));
    body.put("reason", wanted.reason());
    body.set("metadata", wanted.metadata());
    TestCard card = card(charge);
    if (card == TestCard.REFUND_SUCCEEDS_LATER) {
      body.put("status", "pending");
      body.put("pending_reason", "processing");
      steps.planAfter(settings.refundFailureDelay(), SucceedRefund.KIND, refund.id());
    }
    body.put("balance_transaction", transactions.ofRefund(refund).id());
    objects.add(refund);
    ObjectNode previous = addToCharge(charge, amount);
    events.record("refund.created", refund);
    events.record("charge.refunded", charge, previous);
    if (card == TestCard.REFUND_FAILS_LATER) {
      steps.planAfter(settings.refundFailureDelay(), FailRefund.KIND, refund.id());
    }
    return refund;
  }

  private static long refundable(StripeObject charge, @Nullable Long wanted) {
    if (!charge.is("status", "succeeded")) {
      throw StripeRefusal.wrongState(
          null, "charge", "This charge has not succeeded: there is nothing to refund.");
    }
    long left = charge.number("amount_captured") - charge.number("amount_refunded");
    if (left == 0) {
      throw StripeRefusal.wrongState(
          "charge_already_refunded",
          null,
          "Charge %s has already been refunded.".formatted(charge.id()));
    }
    long amount = wanted == null ? left : wanted;
    if (amount < 1) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer", "amount", "This value must be greater than or equal to 1.");
    }
    if (amount > left) {
      throw StripeRefusal.wrongState(
          null,
          "amount",
          "Refund amount (%d) is greater than unrefunded amount on charge (%d)"
              .formatted(amount, left));
    }
    Amounts.requireStep(amount, charge.requiredText("currency"), "amount");
    return amount;
  }

  private ObjectNode addToCharge(StripeObject charge, long amount) {
    ObjectNode previous = StripeJson.object();
    previous.put("amount_refunded", charge.number("amount_refunded"));
    long refunded = charge.number("amount_refunded") + amount;
    charge.body().put("amount_refunded", refunded);
    if (refunded == charge.number("amount_captured")) {
      previous.put("refunded", false);
      charge.body().put("refunded", true);
    }
    objects.save(charge);
    return previous;
  }

  private static TestCard card(StripeObject charge) {
    String card = charge.innerText("card");
    return card == null ? TestCard.VISA : TestCard.valueOf(card);
  }
}
