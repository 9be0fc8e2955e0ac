package io.cpdevents.sandbox.refunds;

import io.cpdevents.sandbox.api.StripeAccounts;
import io.cpdevents.sandbox.balance.BalanceGrew;
import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.settings.BehaviourChanged;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.StepHandler;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Makes refunds that wait for balance, oldest first, while the balance is large enough. */
@Component
class RetryPendingRefunds implements StepHandler {
  static final String KIND = "retry-pending-refunds";
  private static final int MAX_BATCH_REFUNDS = 100;

  private final StripeObjects objects;
  private final BalanceTransactions transactions;
  private final BalanceForRefunds balanceForRefunds;
  private final PlannedSteps steps;
  private final Refunds refunds;
  private final BankTakesRefund bankTakesRefund;

  RetryPendingRefunds(
      StripeObjects objects,
      BalanceTransactions transactions,
      BalanceForRefunds balanceForRefunds,
      PlannedSteps steps,
      Refunds refunds,
      BankTakesRefund bankTakesRefund) {
    this.objects = objects;
    this.transactions = transactions;
    this.balanceForRefunds = balanceForRefunds;
    this.steps = steps;
    this.refunds = refunds;
    this.bankTakesRefund = bankTakesRefund;
  }

  @EventListener
  void planWhen(BalanceGrew grown) {
    steps.planAfter(Duration.ZERO, KIND, grown.account());
  }

  @EventListener(BehaviourChanged.class)
  void planWhenBehaviourChanged() {
    steps.planAfter(Duration.ZERO, KIND, StripeAccounts.PLATFORM);
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  /** Makes one refund in each currency, and plans itself again if there was one. */
  @Override
  public void perform(String account) {
    Set<String> currencies = new HashSet<>();
    boolean made = false;
    for (StripeObject waiting :
        objects.oldest(
            ObjectQuery.of(account, Refunds.KIND).with("pending_reason", Refunds.NO_BALANCE),
            MAX_BATCH_REFUNDS)) {
      if (currencies.add(waiting.requiredText("currency"))) {
        made |= make(waiting.id());
      }
    }
    if (made) {
      steps.planAfter(Duration.ZERO, KIND, account);
    }
  }

  /** Whether the refund no longer waits. */
  private boolean make(String refundId) {
    Refunds.Locked locked = refunds.lock(refundId);
    StripeObject refund = locked.refund();
    if (!refund.is("status", "pending")) {
      return true;
    }
    if (!balanceForRefunds.covers(refund)) {
      return false;
    }
    ObjectNode before = refund.body().deepCopy();
    refund
        .body()
        .put(
            "balance_transaction",
            transactions.ofRefund(refund, locked.charge().text("description")).id());
    bankTakesRefund.handle(refund, locked.charge());
    refunds.changed(refund, before);
    return true;
  }
}
