package io.cpdevents.sandbox.transfers;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.balance.BalanceEntry;
import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.balance.Balances;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reverses transfers, completely or in part: the money goes back from the connected account to the
 * platform, if the connected account has enough of it.
 */
@Component
class Reversals {
  static final String KIND = "transfer_reversal";

  /** As many reversals a transfer shows itself. */
  private static final int MAX_SHOWN_REVERSALS = 10;

  private final StripeObjects objects;
  private final Balances balances;
  private final BalanceTransactions transactions;
  private final Events events;
  private final SandboxClock clock;

  Reversals(
      StripeObjects objects,
      Balances balances,
      BalanceTransactions transactions,
      Events events,
      SandboxClock clock) {
    this.objects = objects;
    this.balances = balances;
    this.transactions = transactions;
    this.events = events;
    this.clock = clock;
  }

  static String path(String transferId) {
    return "/v1/transfers/" + transferId + "/reversals";
  }

  /**
   * Reverses a locked transfer.
   *
   * @param wanted the amount in minor units; null for all that is not reversed yet
   */
  StripeObject create(
      StripeObject transfer,
      @Nullable Long wanted,
      @Nullable String description,
      ObjectNode metadata) {
    long amount = amount(transfer, wanted);
    StripeObject payment =
        objects.lockExisting(CreateTransfer.CHARGE, transfer.requiredText("destination_payment"));
    long availableOn = requireMoney(payment, amount);
    StripeObject reversal =
        StripeObject.shaped(transfer.account(), KIND, StripeIds.next("trr"), clock.epochSecond());
    ObjectNode body = reversal.body();
    body.put("amount", amount);
    body.set("currency", transfer.body().get("currency"));
    body.put("transfer", transfer.id());
    body.set("metadata", metadata);
    body.put(
        "balance_transaction",
        transactions
            .add(
                reversal,
                BalanceEntry.of("transfer_refund", "transfer_reversal", amount, description),
                availableOn)
            .id());
    body.put("destination_payment_refund", refund(payment, reversal, availableOn).id());
    objects.add(reversal);
    addTo(transfer, reversal);
    return reversal;
  }

  private static long amount(StripeObject transfer, @Nullable Long wanted) {
    long rest = transfer.number("amount") - transfer.number("amount_reversed");
    if (rest == 0) {
      throw StripeRefusal.wrongState(
          null, null, "Transfer %s is already fully reversed.".formatted(transfer.id()));
    }
    long amount = wanted == null ? rest : wanted;
    if (amount < 1) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer", "amount", "This value must be greater than or equal to 1.");
    }
    if (amount > rest) {
      throw StripeRefusal.wrongState(
          null,
          "amount",
          "Reversal amount (%d) is greater than what is left of the transfer (%d)."
              .formatted(amount, rest));
    }
    return amount;
  }

  /**
   * Requires that the connected account has the money, and returns when its balance changes. A
   * transfer that is still pending is taken from the pending balance.
   */
  private long requireMoney(StripeObject payment, long amount) {
    long arrival =
        objects
            .find(payment.account(), payment.requiredText("balance_transaction"))
            .orElseThrow()
            .number("available_on");
    if (arrival > clock.epochSecond()) {
      return arrival;
    }
    String currency = payment.requiredText("currency");
    if (balances.holdAvailable(payment.account(), currency) < amount) {
      throw StripeRefusal.balanceInsufficient(
          "The account %s has insufficient funds in its Stripe balance to reverse this transfer."
              .formatted(payment.account()));
    }
    return clock.epochSecond();
  }

  private StripeObject refund(StripeObject payment, StripeObject reversal, long availableOn) {
    StripeObject refund =
        StripeObject.shaped(
            payment.account(), "refund", StripeIds.next("pyr"), clock.epochSecond());
    long amount = reversal.number("amount");
    ObjectNode body = refund.body();
    body.put("amount", amount);
    body.put("charge", payment.id());
    body.set("currency", payment.body().get("currency"));
    body.putNull("destination_details");
    body.put("source_transfer_reversal", reversal.id());
    body.put(
        "balance_transaction",
        transactions
            .add(
                refund,
                BalanceEntry.of("payment_refund", "refund", -amount, "REFUND FOR PAYMENT"),
                availableOn)
            .id());
    objects.add(refund);
    long refunded = payment.number("amount_refunded") + amount;
    payment.body().put("amount_refunded", refunded);
    payment.body().put("refunded", refunded == payment.number("amount"));
    objects.save(payment);
    return refund;
  }

  private void addTo(StripeObject transfer, StripeObject reversal) {
    ObjectNode before = transfer.body().deepCopy();
    ObjectNode body = transfer.body();
    long reversed = transfer.number("amount_reversed") + reversal.number("amount");
    body.put("amount_reversed", reversed);
    body.put("reversed", reversed == transfer.number("amount"));
    show(transfer, reversal);
    objects.save(transfer);
    events.recordChange("transfer.reversed", transfer, before);
  }

  private static void show(StripeObject transfer, StripeObject reversal) {
    ObjectNode list = (ObjectNode) transfer.body().get("reversals");
    ArrayNode data = list.withArrayProperty("data");
    data.insert(0, reversal.body().deepCopy());
    list.put("total_count", list.get("total_count").asInt() + 1);
    if (data.size() > MAX_SHOWN_REVERSALS) {
      data.remove(MAX_SHOWN_REVERSALS);
      list.put("has_more", true);
    }
  }

  /** Writes a locked reversal of a locked transfer. */
  void update(StripeObject transfer, StripeObject reversal) {
    objects.save(reversal);
    ArrayNode shown = transfer.body().withObjectProperty("reversals").withArrayProperty("data");
    for (int i = 0; i < shown.size(); i++) {
      if (shown.get(i).get("id").asString().equals(reversal.id())) {
        shown.set(i, reversal.body().deepCopy());
      }
    }
    objects.save(transfer);
  }
}
