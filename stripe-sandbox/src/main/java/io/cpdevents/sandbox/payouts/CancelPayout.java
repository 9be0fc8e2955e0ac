package io.cpdevents.sandbox.payouts;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.balance.BalanceEntry;
import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.time.PlannedSteps;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Cancels a payout that has not been submitted to the bank yet. */
@Component
class CancelPayout {
  private final Payouts payouts;
  private final BalanceTransactions transactions;
  private final PlannedSteps steps;

  CancelPayout(Payouts payouts, BalanceTransactions transactions, PlannedSteps steps) {
    this.payouts = payouts;
    this.transactions = transactions;
    this.steps = steps;
  }

  /** Cancels a locked payout: its amount returns to the balance. */
  void handle(StripeObject payout) {
    if (Payouts.isAutomatic(payout) || payout.number("amount") < 0) {
      throw StripeRefusal.wrongState(
          null, null, "Only payouts that were created on request can be canceled.");
    }
    if (!payout.is("status", Payouts.PENDING)) {
      throw StripeRefusal.wrongState(
          null,
          null,
          "This payout cannot be canceled: it has a status of %s."
              .formatted(payout.text("status")));
    }
    ObjectNode before = payout.body().deepCopy();
    payout
        .body()
        .put(
            "failure_balance_transaction",
            transactions
                .add(
                    payout,
                    BalanceEntry.of(
                        "payout_cancel",
                        "payout_reversal",
                        payout.number("amount"),
                        "PAYOUT CANCEL"))
                .id());
    Payouts.trace(payout, false);
    steps.cancel(SubmitPayout.KIND, payout.id());
    steps.cancel(ArrivePayout.KIND, payout.id());
    payouts.changeStatus(payout, Payouts.CANCELED, before);
  }
}
