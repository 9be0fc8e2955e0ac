package io.cpdevents.sandbox.transfers;

import io.cpdevents.sandbox.accounts.Accounts;
import io.cpdevents.sandbox.api.StripeAccounts;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.balance.BalanceEntry;
import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.balance.Balances;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.payments.Amounts;
import io.cpdevents.sandbox.time.SandboxClock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Transfers money of the platform to a connected account, where it arrives as a payment. Without a
 * source transaction it is taken from the available balance; with one it becomes available together
 * with the money of that charge.
 */
@Component
class CreateTransfer {
  static final String KIND = "transfer";
  static final String CHARGE = "charge";

  private static final int MAX_CHARGE_TRANSFERS = 1_000;

  private final Accounts accounts;
  private final StripeObjects objects;
  private final Balances balances;
  private final BalanceTransactions transactions;
  private final Events events;
  private final SandboxClock clock;

  CreateTransfer(
      Accounts accounts,
      StripeObjects objects,
      Balances balances,
      BalanceTransactions transactions,
      Events events,
      SandboxClock clock) {
    this.accounts = accounts;
    this.objects = objects;
    this.balances = balances;
    this.transactions = transactions;
    this.events = events;
    this.clock = clock;
  }

  /**
   * What is to be transferred.
   *
   * @param amount in minor units; null for the whole charge, with a source transaction
   * @param sourceTransaction the charge whose money is transferred; null for the available balance
   */
  record Wanted(
      String destination,
      @Nullable Long amount,
      String currency,
      @Nullable String description,
      @Nullable String sourceTransaction,
      @Nullable String transferGroup,
      ObjectNode metadata) {}

  StripeObject handle(Wanted wanted) {
    requireDestination(wanted.destination());
    StripeObject charge = lockSource(wanted);
    long amount = amount(wanted, charge);
    Amounts.requireStep(amount, wanted.currency(), "amount");
    if (charge == null) {
      requireBalance(amount, wanted.currency());
    } else {
      requireRest(amount, charge);
    }
    long availableOn = charge == null ? clock.epochSecond() : availableOn(charge);
    StripeObject transfer = transfer(wanted, amount);
    transfer.body().put("transfer_group", group(wanted.transferGroup(), charge));
    StripeObject payment = payment(transfer, availableOn);
    transfer.body().put("destination_payment", payment.id());
    transfer
        .body()
        .put(
            "balance_transaction",
            transactions
                .add(
                    transfer,
                    BalanceEntry.of(KIND, KIND, -amount, wanted.description()),
                    availableOn)
                .id());
    objects.add(transfer);
    events.record("transfer.created", transfer);
    return transfer;
  }

  private void requireDestination(String destination) {
    StripeObject account =
        accounts
            .findConnected(destination)
            .orElseThrow(
                () -> StripeRefusal.noSuchParameter("destination", destination, "destination"));
    if (!"active".equals(StripeJson.text(account.body().get("capabilities"), "transfers"))) {
      throw StripeRefusal.wrongState(
          "insufficient_capabilities_for_transfer",
          "destination",
          "Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments");
    }
  }

  private @Nullable StripeObject lockSource(Wanted wanted) {
    String chargeId = wanted.sourceTransaction();
    if (chargeId == null) {
      return null;
    }
    StripeObject charge =
        objects
            .lock(CHARGE, chargeId)
            .filter(found -> found.account().equals(StripeAccounts.PLATFORM))
            .orElseThrow(
                () -> StripeRefusal.noSuchParameter(CHARGE, chargeId, "source_transaction"));
    if (!charge.is("status", "succeeded") || !charge.body().get("captured").booleanValue()) {
      throw StripeRefusal.wrongState(
          null,
          "source_transaction",
          "The source_transaction must be a charge that has succeeded.");
    }
    if (!charge.is("currency", wanted.currency())) {
      throw StripeRefusal.wrongState(
          null,
          "currency",
          "The currency of source_transaction's balance transaction (%s) must be the same as the transfer currency (%s)"
              .formatted(charge.text("currency"), wanted.currency()));
    }
    return charge;
  }

  private static long amount(Wanted wanted, @Nullable StripeObject charge) {
    Long amount = wanted.amount();
    if (amount != null) {
      return amount;
    }
    if (charge == null) {
      throw StripeRefusal.missing("amount");
    }
    return charge.number("amount_captured");
  }

  private void requireBalance(long amount, String currency) {
    if (balances.holdAvailable(StripeAccounts.PLATFORM, currency) < amount) {
      throw StripeRefusal.balanceInsufficient(
          "You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance by creating Charges using the 4000000000000077 test card. See: https://stripe.com/docs/testing#available-balance");
    }
  }

  /** Refuses to transfer more of a charge than is left of it. */
  private void requireRest(long amount, StripeObject charge) {
    long transferred =
        objects
            .oldest(
                ObjectQuery.of(StripeAccounts.PLATFORM, KIND)
                    .with("source_transaction", charge.id()),
                MAX_CHARGE_TRANSFERS)
            .stream()
            .mapToLong(transfer -> transfer.number("amount") - transfer.number("amount_reversed"))
            .sum();
    long rest = charge.number("amount_captured") - transferred;
    if (amount > rest) {
      throw StripeRefusal.wrongState(
          null,
          "amount",
          "Transfer amount (%d) is greater than what is left of source_transaction (%d)."
              .formatted(amount, rest));
    }
  }

  private long availableOn(StripeObject charge) {
    String transaction = charge.text("balance_transaction");
    return transaction == null
        ? transactions.settlementTime()
        : Math.max(
            clock.epochSecond(),
            objects.find(charge.account(), transaction).orElseThrow().number("available_on"));
  }

  /** With a source transaction both have the charge's group, which may have to be made up. */
  private @Nullable String group(@Nullable String wanted, @Nullable StripeObject charge) {
    if (charge == null) {
      return wanted;
    }
    String ofCharge = charge.text("transfer_group");
    if (wanted != null && ofCharge != null && !wanted.equals(ofCharge)) {
      throw StripeRefusal.wrongState(
          null,
          "transfer_group",
          "The transfer_group must be that of source_transaction: " + ofCharge);
    }
    if (ofCharge != null) {
      return ofCharge;
    }
    String group = wanted == null ? "group_" + charge.id() : wanted;
    ObjectNode before = charge.body().deepCopy();
    charge.body().put("transfer_group", group);
    objects.save(charge);
    events.recordChange("charge.updated", charge, before);
    return group;
  }

  private StripeObject transfer(Wanted wanted, long amount) {
    StripeObject transfer =
        StripeObject.shaped(
            StripeAccounts.PLATFORM, KIND, StripeIds.next("tr"), clock.epochSecond());
    ObjectNode body = transfer.body();
    body.put("amount", amount);
    body.put("currency", wanted.currency());
    body.put("description", wanted.description());
    body.put("destination", wanted.destination());
    body.put("source_transaction", wanted.sourceTransaction());
    body.set("metadata", wanted.metadata());
    ((ObjectNode) body.get("reversals")).put("url", Reversals.path(transfer.id()));
    return transfer;
  }

  /** The payment with which the money arrives on the connected account. */
  private StripeObject payment(StripeObject transfer, long availableOn) {
    StripeObject payment =
        StripeObject.shaped(
            transfer.requiredText("destination"),
            CHARGE,
            StripeIds.next("py"),
            clock.epochSecond());
    ObjectNode body = payment.body();
    long amount = transfer.number("amount");
    body.put("amount", amount);
    body.put("amount_captured", amount);
    body.put("captured", true);
    body.set("currency", transfer.body().get("currency"));
    body.put("paid", true);
    body.put("source_transfer", transfer.id());
    body.put("status", "succeeded");
    body.put(
        "balance_transaction",
        transactions
            .add(payment, BalanceEntry.of("payment", CHARGE, amount, null), availableOn)
            .id());
    objects.add(payment);
    return payment;
  }
}
