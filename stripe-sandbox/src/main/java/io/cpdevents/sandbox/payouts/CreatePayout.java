package io.cpdevents.sandbox.payouts;

import io.cpdevents.sandbox.accounts.Accounts;
import io.cpdevents.sandbox.accounts.ExternalAccounts;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.balance.BalanceEntry;
import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.balance.Balances;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Pays money of an account's available balance out to one of its bank accounts. */
@Component
public class CreatePayout {
  private static final String DESCRIPTION = "STRIPE PAYOUT";
  private static final int BUSINESS_DAYS = 2;

  /** Currencies in which Stripe offers instant payouts. */
  private static final Set<String> INSTANT =
      Set.of("aud", "cad", "eur", "gbp", "myr", "nok", "nzd", "sgd", "usd");

  private final Accounts accounts;
  private final ExternalAccounts externalAccounts;
  private final StripeObjects objects;
  private final Balances balances;
  private final BalanceTransactions transactions;
  private final Events events;
  private final PlannedSteps steps;
  private final SandboxClock clock;

  CreatePayout(
      Accounts accounts,
      ExternalAccounts externalAccounts,
      StripeObjects objects,
      Balances balances,
      BalanceTransactions transactions,
      Events events,
      PlannedSteps steps,
      SandboxClock clock) {
    this.accounts = accounts;
    this.externalAccounts = externalAccounts;
    this.objects = objects;
    this.balances = balances;
    this.transactions = transactions;
    this.events = events;
    this.steps = steps;
    this.clock = clock;
  }

  /**
   * What is to be paid out.
   *
   * @param destination a bank account; null for the default of the currency
   */
  public record Wanted(
      String account,
      long amount,
      String currency,
      @Nullable String destination,
      boolean instant,
      @Nullable String description,
      @Nullable String statementDescriptor,
      ObjectNode metadata) {

    /** A payout without anything else, as somebody creates it in the dashboard. */
    public static Wanted of(String account, long amount, String currency) {
      return new Wanted(account, amount, currency, null, false, null, null, StripeJson.object());
    }
  }

  /** Creates a payout on request. */
  public StripeObject handle(Wanted wanted) {
    PayoutAmounts.require(wanted.amount(), wanted.currency());
    StripeObject account = accounts.find(wanted.account());
    requireEnabled(account);
    StripeObject bank = bank(account, wanted.currency(), wanted.destination());
    if (wanted.instant()) {
      throw noInstantPayouts(wanted.currency());
    }
    if (balances.holdAvailable(wanted.account(), wanted.currency()) < wanted.amount()) {
      throw StripeRefusal.balanceInsufficient(
          "You have insufficient funds in your Stripe account for this transfer. Your card balance is too low.  You can use the /v1/balance endpoint to view your Stripe balance (for more details, see stripe.com/docs/api#balance).");
    }
    return create(wanted, bank, false);
  }

  private static void requireEnabled(StripeObject account) {
    if (!account.body().get("payouts_enabled").booleanValue()) {
      throw StripeRefusal.wrongState(
          "payouts_not_allowed",
          null,
          "Cannot create payouts: payouts have been disabled on this account. Check its requirements.");
    }
  }

  private StripeObject bank(StripeObject account, String currency, @Nullable String destination) {
    StripeObject bank = findBank(account, currency, destination);
    if (!bank.is("currency", currency)) {
      throw StripeRefusal.wrongState(
          "invalid_currency",
          "currency",
          "The currency of the payout (%s) must be that of the bank account (%s)."
              .formatted(currency, bank.text("currency")));
    }
    if (!ExternalAccounts.isUsable(bank)) {
      throw StripeRefusal.wrongState(
          "bank_account_unusable",
          "destination",
          "The bank account provided cannot be used for payouts. A different bank account must be used.");
    }
    return bank;
  }

  private StripeObject findBank(
      StripeObject account, String currency, @Nullable String destination) {
    if (destination != null) {
      return externalAccounts
          .find(account.id(), destination)
          .orElseThrow(
              () -> StripeRefusal.noSuchParameter("external account", destination, "destination"));
    }
    return externalAccounts
        .findDefault(account.id(), currency)
        .orElseGet(() -> {
          if (Accounts.isPlatform(account)) {
            return externalAccounts.ofPlatform(accounts.lock(account.id()), currency);
          }
          throw StripeRefusal.wrongState(
              null,
              "currency",
              "Sorry, you don't have any external accounts in that currency (%s)."
                  .formatted(currency));
        });
  }

  /** None of the bank accounts here can receive instant payouts. */
  private static StripeRefusal noInstantPayouts(String currency) {
    return INSTANT.contains(currency)
        ? StripeRefusal.wrongState(
            "instant_payouts_unsupported",
            "method",
            "This bank account or debit card does not support Instant Payouts.")
        : StripeRefusal.wrongState(
            "instant_payouts_currency_disabled",
            "currency",
            "Instant Payouts are not available in %s.".formatted(currency));
  }

  /** Creates a payout of money whose balance this transaction holds. */
  StripeObject create(Wanted wanted, StripeObject bank, boolean automatic) {
    long now = clock.epochSecond();
    StripeObject payout =
        StripeObject.shaped(wanted.account(), Payouts.KIND, StripeIds.next("po"), now);
    ObjectNode body = payout.body();
    body.put("amount", wanted.amount());
    body.put("arrival_date", ArrivalDates.after(now, BUSINESS_DAYS));
    body.put("automatic", automatic);
    body.put("currency", wanted.currency());
    body.put("description", automatic ? DESCRIPTION : wanted.description());
    body.put("destination", bank.id());
    body.put("statement_descriptor", wanted.statementDescriptor());
    body.set("metadata", wanted.metadata());
    body.put("reconciliation_status", automatic ? "in_progress" : "not_applicable");
    String failure = ExternalAccounts.payoutFailure(bank);
    if (failure != null) {
      payout.inner().put(ArrivePayout.FAILS_WITH, failure);
    }
    book(payout, now);
    return payout;
  }

  /**
   * Creates the payout that reverses another one: it debits the bank account, and its amount is
   * negative.
   */
  StripeObject createReversal(StripeObject original, ObjectNode metadata) {
    long now = clock.epochSecond();
    StripeObject payout =
        StripeObject.shaped(original.account(), Payouts.KIND, StripeIds.next("po"), now);
    ObjectNode body = payout.body();
    body.put("amount", -original.number("amount"));
    body.put("arrival_date", ArrivalDates.after(now, BUSINESS_DAYS));
    body.set("currency", original.body().get("currency"));
    body.set("destination", original.body().get("destination"));
    body.put("original_payout", original.id());
    body.set("metadata", metadata);
    book(payout, payout.number("arrival_date"));
    return payout;
  }

  private void book(StripeObject payout, long availableOn) {
    String description = payout.text("description");
    payout
        .body()
        .put(
            "balance_transaction",
            transactions
                .add(
                    payout,
                    BalanceEntry.of(
                        Payouts.KIND,
                        Payouts.KIND,
                        -payout.number("amount"),
                        description == null ? DESCRIPTION : description),
                    availableOn)
                .id());
    objects.add(payout);
    events.record("payout.created", payout);
    long tomorrow = ArrivalDates.midnightAfter(clock.epochSecond());
    steps.planAt(tomorrow, SubmitPayout.KIND, payout.id());
    steps.planAt(payout.number("arrival_date"), ArrivePayout.KIND, payout.id());
  }
}
