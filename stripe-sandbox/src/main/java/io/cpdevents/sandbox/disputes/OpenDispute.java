package io.cpdevents.sandbox.disputes;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.payments.ChargeDisputed;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Opens a dispute about a charge. */
@Component
class OpenDispute {
  private final StripeObjects objects;
  private final Events events;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final WithdrawFunds withdrawFunds;
  private final ApplicationEventPublisher publisher;

  OpenDispute(
      StripeObjects objects,
      Events events,
      PlannedSteps steps,
      SandboxClock clock,
      WithdrawFunds withdrawFunds,
      ApplicationEventPublisher publisher) {
    this.objects = objects;
    this.events = events;
    this.steps = steps;
    this.clock = clock;
    this.withdrawFunds = withdrawFunds;
    this.publisher = publisher;
  }

  /**
   * The dispute to open.
   *
   * @param amount in minor units; null for all of the charge that is not refunded
   * @param currency null for that of the charge
   * @param dueInDays how long the bank waits for a response; null for the network's time
   * @param respondable whether the bank accepts a response
   */
  record Wanted(
      DisputeKind kind,
      DisputeReason reason,
      @Nullable Long amount,
      @Nullable String currency,
      @Nullable Integer dueInDays,
      boolean respondable) {

    /** A dispute with the usual values. */
    static Wanted usual(DisputeKind kind, DisputeReason reason) {
      return new Wanted(kind, reason, null, null, null, true);
    }
  }

  /** Opens a dispute about a charge that this transaction has locked or added. */
  StripeObject handle(StripeObject charge, Wanted wanted) {
    if (!charge.body().get("captured").booleanValue()) {
      throw StripeRefusal.wrongState(null, null, "Nobody disputes a charge that took no money.");
    }
    StripeObject dispute =
        StripeObject.shaped(
            charge.account(), Disputes.KIND, StripeIds.next("du"), clock.epochSecond());
    ObjectNode body = dispute.body();
    body.put("amount", amount(charge, wanted.amount()));
    body.put("charge", charge.id());
    body.put(
        "currency",
        wanted.currency() == null ? charge.requiredText("currency") : wanted.currency());
    body.set("payment_intent", charge.body().get("payment_intent"));
    body.put("reason", wanted.reason().word());
    body.put("status", wanted.kind().firstStatus());
    describe(dispute, charge, wanted);
    for (String fact :
        new String[] {"withdrawn", "fee", "reinstated", "fee_returned", "lost_of_charge"}) {
      dispute.inner().put(fact, 0);
    }
    planEnd(dispute, charge, wanted);
    charge.body().put("disputed", true);
    objects.save(charge);
    objects.add(dispute);
    Disputes.Locked both = new Disputes.Locked(charge, dispute);
    if (wanted.kind() == DisputeKind.CHARGEBACK) {
      withdrawFunds.book(both);
    } else {
      body.put("is_charge_refundable", !charge.body().get("refunded").booleanValue());
    }
    events.record("charge.dispute.created", dispute);
    if (wanted.kind() == DisputeKind.CHARGEBACK) {
      withdrawFunds.record(both);
    }
    publisher.publishEvent(new ChargeDisputed(charge));
    return dispute;
  }

  private static long amount(StripeObject charge, @Nullable Long wanted) {
    long amount =
        wanted == null ? charge.number("amount") - charge.number("amount_refunded") : wanted;
    if (amount < 1) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer",
          "amountMinor",
          "Nothing is left of the charge: give the disputed amount, at least 1.");
    }
    return amount;
  }

  /** The network's codes, as far as Stripe shows them for this payment method. */
  private static void describe(StripeObject dispute, StripeObject charge, Wanted wanted) {
    JsonNode card = charge.body().path("payment_method_details").path("card");
    if (!card.isObject()) {
      return;
    }
    ObjectNode details = dispute.body().putObject("payment_method_details");
    ObjectNode cardDetails = details.putObject("card");
    String code = wanted.kind() == DisputeKind.INQUIRY ? "10" : wanted.reason().networkCode();
    cardDetails.put("brand", StripeJson.text(card, "brand"));
    cardDetails.put("case_type", wanted.kind().caseType());
    cardDetails.put("network", StripeJson.text(card, "network"));
    cardDetails.put("network_reason_code", code);
    details.put("type", "card");
    dispute.body().put("network_reason_code", code);
  }

  private void planEnd(StripeObject dispute, StripeObject charge, Wanted wanted) {
    if (wanted.kind() == DisputeKind.INQUIRY) {
      steps.planAt(
          dispute.number("created") + EndInquiry.AFTER_SECONDS, EndInquiry.KIND, dispute.id());
    }
    if (wanted.kind() != DisputeKind.PREVENTED && wanted.respondable()) {
      Integer days = wanted.dueInDays();
      long dueBy = DueDates.after(clock, days == null ? DueDates.daysOf(charge) : days);
      dispute.body().withObjectProperty("evidence_details").put("due_by", dueBy);
      steps.planAt(dueBy, PassDueDate.KIND, dispute.id());
    }
  }
}
