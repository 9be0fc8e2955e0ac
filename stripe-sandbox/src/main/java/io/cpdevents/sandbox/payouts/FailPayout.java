package io.cpdevents.sandbox.payouts;

import io.cpdevents.sandbox.accounts.Accounts;
import io.cpdevents.sandbox.accounts.ExternalAccounts;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.balance.BalanceEntry;
import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fails a payout because the bank returns the money, even after the payout was paid. When the
 * failure is about the bank account, that is disabled too.
 */
@Component
class FailPayout {
  static final String DEFAULT_CODE = "could_not_process";

  private static final int MAX_BUSINESS_DAYS_AFTER_ARRIVAL = 5;

  /** The codes that are about the bank account. */
  private static final Map<String, String> OF_BANK_ACCOUNT =
      Map.ofEntries(
          Map.entry("account_closed", "The bank account has been closed."),
          Map.entry("account_frozen", "The bank account has been frozen."),
          Map.entry(
              "bank_account_restricted",
              "The bank account has restrictions on either the type, or the number, of payouts allowed."),
          Map.entry(
              "bank_ownership_changed",
              "The destination bank account is no longer valid because its branch has changed ownership."),
          Map.entry(
              "debit_not_authorized", "Debit transactions are not approved on your bank account."),
          Map.entry(
              "incorrect_account_holder_address",
              "The bank notified us that the bank account holder address on file is incorrect."),
          Map.entry(
              "incorrect_account_holder_name",
              "The bank notified us that the bank account holder name on file is incorrect."),
          Map.entry(
              "incorrect_account_holder_tax_id",
              "The bank notified us that the bank account holder tax ID on file is incorrect."),
          Map.entry("incorrect_account_type", "The bank account type is incorrect."),
          Map.entry(
              "invalid_account_number",
              "The routing number seems correct, but the account number is invalid."),
          Map.entry(
              "invalid_account_number_length",
              "The bank account number has an invalid number of digits."),
          Map.entry(
              "invalid_currency",
              "The bank was unable to process this payout because of its currency."),
          Map.entry("no_account", "The bank account could not be located."));

  private static final Map<String, String> OF_PAYOUT =
      Map.of(
          DEFAULT_CODE,
          "The bank could not process this payout.",
          "declined",
          "The bank has declined this transfer.",
          "insufficient_funds",
          "Your Stripe account has insufficient funds to cover the payout.",
          "unsupported_card",
          "The bank no longer supports payouts to this card.");

  private final Accounts accounts;
  private final ExternalAccounts externalAccounts;
  private final StripeObjects objects;
  private final Payouts payouts;
  private final BalanceTransactions transactions;
  private final PlannedSteps steps;
  private final SandboxClock clock;

  FailPayout(
      Accounts accounts,
      ExternalAccounts externalAccounts,
      StripeObjects objects,
      Payouts payouts,
      BalanceTransactions transactions,
      PlannedSteps steps,
      SandboxClock clock) {
    this.accounts = accounts;
    this.externalAccounts = externalAccounts;
    this.objects = objects;
    this.payouts = payouts;
    this.transactions = transactions;
    this.steps = steps;
    this.clock = clock;
  }

  static Set<String> codes() {
    Set<String> codes = new TreeSet<>(OF_BANK_ACCOUNT.keySet());
    codes.addAll(OF_PAYOUT.keySet());
    return codes;
  }

  /** Fails the payout: its amount returns to the balance. */
  StripeObject handle(String payoutId, String code) {
    StripeObject account =
        objects
            .findAnywhere(Payouts.KIND, payoutId)
            .map(found -> accounts.lock(found.account()))
            .orElseThrow(() -> Payouts.noSuch(payoutId));
    StripeObject payout = objects.lockExisting(Payouts.KIND, payoutId);
    requireCanFail(payout);
    ObjectNode before = payout.body().deepCopy();
    boolean ofBankAccount = OF_BANK_ACCOUNT.containsKey(code);
    ObjectNode body = payout.body();
    body.put("failure_code", code);
    body.put("failure_message", (ofBankAccount ? OF_BANK_ACCOUNT : OF_PAYOUT).get(code));
    body.put(
        "failure_balance_transaction",
        transactions
            .add(
                payout,
                BalanceEntry.of(
                    "payout_failure", "payout_reversal", payout.number("amount"), "PAYOUT FAILURE"))
            .id());
    Payouts.trace(payout, false);
    steps.cancel(SubmitPayout.KIND, payoutId);
    steps.cancel(ArrivePayout.KIND, payoutId);
    payouts.changeStatus(payout, Payouts.FAILED, before);
    if (ofBankAccount) {
      ObjectNode accountBefore = account.body().deepCopy();
      externalAccounts.disable(account, payout.requiredText("destination"));
      accounts.changed(account, accountBefore);
    }
    return payout;
  }

  private void requireCanFail(StripeObject payout) {
    boolean late =
        clock.epochSecond()
            >= ArrivalDates.after(
                payout.number("arrival_date"), MAX_BUSINESS_DAYS_AFTER_ARRIVAL + 1);
    boolean paid = payout.is("status", Payouts.PAID);
    if (payout.number("amount") < 0 || !(Payouts.isUnderWay(payout) || (paid && !late))) {
      throw StripeRefusal.wrongState(
          null,
          null,
          "This payout cannot fail: it has a status of %s, and a paid payout fails within 5 business days."
              .formatted(payout.text("status")));
    }
  }
}
