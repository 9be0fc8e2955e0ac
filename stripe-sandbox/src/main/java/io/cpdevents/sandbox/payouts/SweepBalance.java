package io.cpdevents.sandbox.payouts;

import io.cpdevents.sandbox.accounts.Accounts;
import io.cpdevents.sandbox.accounts.ExternalAccounts;
import io.cpdevents.sandbox.accounts.MinimumBalances;
import io.cpdevents.sandbox.accounts.PayoutSchedules;
import io.cpdevents.sandbox.accounts.PayoutsMayChange;
import io.cpdevents.sandbox.balance.BalanceEntry;
import io.cpdevents.sandbox.balance.BalanceGrew;
import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.balance.Balances;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import io.cpdevents.sandbox.time.StepHandler;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Pays the available balance of an account out automatically, on the days of its schedule. The
 * payout contains all balance transactions that are available and in no earlier payout.
 */
@Component
class SweepBalance implements StepHandler {
  /** The inner fact of a balance transaction that is in an automatic payout. */
  static final String PAYOUT = "payout";

  private static final String KIND = "sweep-balance";

  private final Accounts accounts;
  private final ExternalAccounts externalAccounts;
  private final CreatePayout createPayout;
  private final Balances balances;
  private final BalanceTransactions transactions;
  private final StripeObjects objects;
  private final PlannedSteps steps;
  private final SandboxClock clock;

  SweepBalance(
      Accounts accounts,
      ExternalAccounts externalAccounts,
      CreatePayout createPayout,
      Balances balances,
      BalanceTransactions transactions,
      StripeObjects objects,
      PlannedSteps steps,
      SandboxClock clock) {
    this.accounts = accounts;
    this.externalAccounts = externalAccounts;
    this.createPayout = createPayout;
    this.balances = balances;
    this.transactions = transactions;
    this.objects = objects;
    this.steps = steps;
    this.clock = clock;
  }

  @EventListener
  void planWhen(BalanceGrew grown) {
    plan(accounts.find(grown.account()));
  }

  @EventListener
  void planWhen(PayoutsMayChange change) {
    plan(accounts.find(change.account()));
  }

  private void plan(StripeObject account) {
    if (!PayoutSchedules.isManual(account)) {
      steps.planAt(PayoutSchedules.next(account, clock.epochSecond()), KIND, account.id());
    }
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  /** Pays out in each currency; what cannot be paid out waits for the next day of the schedule. */
  @Override
  public void perform(String accountId) {
    StripeObject account = accounts.lock(accountId);
    if (PayoutSchedules.isManual(account)) {
      return;
    }
    boolean waiting = false;
    for (Balances.Balance balance : balances.of(accountId)) {
      waiting |= balance.available() > 0 && !payOut(account, balance.currency());
    }
    if (waiting) {
      plan(account);
    }
  }

  /** Whether there is nothing left to pay out. */
  private boolean payOut(StripeObject account, String currency) {
    long minimum = MinimumBalances.of(account, currency);
    long available = balances.holdAvailable(account.id(), currency);
    long amount = PayoutAmounts.roundDown(available - minimum, currency);
    if (amount <= 0) {
      return true;
    }
    if (!account.body().get("payouts_enabled").booleanValue()) {
      return false;
    }
    StripeObject bank = bank(account, currency).filter(ExternalAccounts::isUsable).orElse(null);
    if (bank == null) {
      return false;
    }
    long rest = available - amount;
    StripeObject payout =
        createPayout.create(CreatePayout.Wanted.of(account.id(), amount, currency), bank, true);
    if (rest > 0) {
      transactions.addWithoutSource(
          account.id(),
          currency,
          BalanceEntry.of(
              "payout_minimum_balance_hold", "payout_minimum_balance_hold", -rest, null));
    }
    objects.setFact(notPaidOut(account.id(), currency), PAYOUT, payout.id());
    if (rest > 0) {
      transactions.addWithoutSource(
          account.id(),
          currency,
          BalanceEntry.of(
              "payout_minimum_balance_release", "payout_minimum_balance_release", rest, null));
    }
    return true;
  }

  private Optional<StripeObject> bank(StripeObject account, String currency) {
    return Accounts.isPlatform(account)
        ? Optional.of(externalAccounts.ofPlatform(account, currency))
        : externalAccounts.findDefault(account.id(), currency);
  }

  private ObjectQuery notPaidOut(String account, String currency) {
    return ObjectQuery.of(account, BalanceTransactions.KIND)
        .with("currency", currency)
        .withTime("available_on", "lte", clock.epochSecond())
        .where("inner_facts ->> '" + PAYOUT + "' IS NULL");
  }
}
