package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.api.StripeAccounts;
import io.cpdevents.sandbox.balance.BalanceEntry;
import io.cpdevents.sandbox.balance.BalanceGrew;
import io.cpdevents.sandbox.balance.BalanceShrank;
import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.balance.Balances;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.StepHandler;
import java.time.Duration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reserves as much of the platform's balance as a connected account's available balance is
 * negative, if the platform is liable for it, and releases it again.
 */
@Component
class AdjustReserve implements StepHandler {
  private static final String KIND = "adjust-reserve";

  /** The reserved amounts by currency, as an inner fact of the connected account. */
  private static final String RESERVED = "reserved";

  private final Accounts accounts;
  private final Balances balances;
  private final BalanceTransactions transactions;
  private final StripeObjects objects;
  private final PlannedSteps steps;

  AdjustReserve(
      Accounts accounts,
      Balances balances,
      BalanceTransactions transactions,
      StripeObjects objects,
      PlannedSteps steps) {
    this.accounts = accounts;
    this.balances = balances;
    this.transactions = transactions;
    this.objects = objects;
    this.steps = steps;
  }

  @EventListener
  void planWhen(BalanceGrew grown) {
    plan(grown.account());
  }

  @EventListener
  void planWhen(BalanceShrank shrunk) {
    plan(shrunk.account());
  }

  private void plan(String account) {
    if (!account.equals(StripeAccounts.PLATFORM)) {
      steps.planAfter(Duration.ZERO, KIND, account);
    }
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String accountId) {
    StripeObject account = accounts.lock(accountId);
    if (!Accounts.isLiable(account)) {
      return;
    }
    ObjectNode reserved = account.inner().withObjectProperty(RESERVED);
    for (Balances.Balance balance : balances.of(accountId)) {
      long needed = Math.max(0, -balance.available());
      long change = needed - reserved.path(balance.currency()).asLong(0);
      if (change != 0) {
        reserved.put(balance.currency(), needed);
        transactions.addWithoutSource(
            StripeAccounts.PLATFORM,
            balance.currency(),
            BalanceEntry.of(
                "reserve_transaction",
                "connect_reserved_funds",
                -change,
                "Reserve for negative balances of connected accounts"));
        objects.save(account);
      }
    }
  }
}
