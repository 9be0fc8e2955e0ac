package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.paymentmethods.TestMethod;
import io.cpdevents.sandbox.payments.Amounts;
import io.cpdevents.sandbox.payments.ChargeRefunded;
import io.cpdevents.sandbox.settings.BehaviourSettings;
import io.cpdevents.sandbox.time.SandboxClock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Refunds a charge, completely or in part. */
@Component
class CreateRefund {
  private final StripeObjects objects;
  private final BalanceTransactions transactions;
  private final BalanceForRefunds balanceForRefunds;
  private final Events events;
  private final SandboxClock clock;
  private final BehaviourSettings behaviour;
  private final AskForDestination askForDestination;
  private final BankTakesRefund bankTakesRefund;
  private final ApplicationEventPublisher publisher;

  CreateRefund(
      StripeObjects objects,
      BalanceTransactions transactions,
      BalanceForRefunds balanceForRefunds,
      Events events,
      SandboxClock clock,
      BehaviourSettings behaviour,
      AskForDestination askForDestination,
      BankTakesRefund bankTakesRefund,
      ApplicationEventPublisher publisher) {
    this.objects = objects;
    this.transactions = transactions;
    this.balanceForRefunds = balanceForRefunds;
    this.events = events;
    this.clock = clock;
    this.behaviour = behaviour;
    this.askForDestination = askForDestination;
    this.bankTakesRefund = bankTakesRefund;
    this.publisher = publisher;
  }

  /**
   * What is to be refunded.
   *
   * @param amount in minor units; null for all that is not refunded yet
   * @param instructionsEmail where the customer is asked for a destination, if that is needed
   */
  record Wanted(
      String account,
      String chargeId,
      @Nullable Long amount,
      @Nullable String reason,
      @Nullable String instructionsEmail,
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
        StripeObject.shaped(
            charge.account(), Refunds.KIND, StripeIds.next("re"), clock.epochSecond());
    ObjectNode body = refund.body();
    body.put("amount", amount);
    body.put("charge", charge.id());
    body.set("currency", charge.body().get("currency"));
    body.set("payment_intent", charge.body().get("payment_intent"));
    body.put("reason", wanted.reason());
    body.set("metadata", wanted.metadata());
    if (wanted.instructionsEmail() != null) {
      body.put("instructions_email", wanted.instructionsEmail());
    }
    if (!TestMethod.of(charge).type().equals("card")) {
      body.putNull("destination_details");
    }
    begin(refund, charge);
    ObjectNode before = charge.body().deepCopy();
    addToCharge(charge, amount);
    events.record("refund.created", refund);
    events.recordChange("charge.refunded", charge, before);
    publisher.publishEvent(new ChargeRefunded(charge));
    return refund;
  }

  private static long refundable(StripeObject charge, @Nullable Long wanted) {
    if (!charge.is("status", "succeeded")) {
      throw StripeRefusal.wrongState(
          null, "charge", "This charge has not succeeded: there is nothing to refund.");
    }
    if (charge.text("source_transfer") != null) {
      throw StripeRefusal.wrongState(
          null, "charge", "This payment was made by a transfer: reverse the transfer instead.");
    }
    long left = charge.number("amount") - charge.number("amount_refunded");
    long chargedBack = charge.innerNumber("charged_back");
    if (charge.innerNumber("open_chargebacks") > 0 || (chargedBack > 0 && left <= chargedBack)) {
      throw StripeRefusal.wrongState(
          "charge_disputed",
          null,
          "Charge %s has been charged back; cannot issue a refund.".formatted(charge.id()));
    }
    if (left == 0) {
      throw StripeRefusal.wrongState(
          "charge_already_refunded",
          null,
          "Charge %s has already been refunded.".formatted(charge.id()));
    }
    if (!charge.body().get("captured").booleanValue()) {
      throw StripeRefusal.wrongState(
          null,
          null,
          "This charge has not been captured: cancel its PaymentIntent, or let the charge expire.");
    }
    left -= chargedBack;
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

  /** Adds the refund, and its balance transaction unless it is pending. */
  private void begin(StripeObject refund, StripeObject charge) {
    ObjectNode body = refund.body();
    if (!balanceForRefunds.covers(refund)) {
      body.put("status", "pending");
      body.put("pending_reason", Refunds.NO_BALANCE);
      objects.add(refund);
      return;
    }
    body.put("balance_transaction", transactions.ofRefund(refund, charge.text("description")).id());
    if (behaviour.refundsNeedAction()) {
      askForDestination.ask(refund, charge);
    } else {
      bankTakesRefund.handle(refund, charge);
    }
    objects.add(refund);
  }

  private void addToCharge(StripeObject charge, long amount) {
    long refunded = charge.number("amount_refunded") + amount;
    charge.body().put("amount_refunded", refunded);
    charge.body().put("refunded", refunded == charge.number("amount"));
    objects.save(charge);
  }
}
