package io.cpdevents.sandbox.payments;

import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.StepHandler;
import org.springframework.stereotype.Component;

/**
 * Ends an asynchronous capture: some time after the payment, the charge gets its balance
 * transaction, which {@code charge.updated} shows.
 */
@Component
public class SettleCharge implements StepHandler {
  static final String KIND = "settle-charge";

  private final StripeObjects objects;
  private final BalanceTransactions transactions;
  private final Events events;

  public SettleCharge(StripeObjects objects, BalanceTransactions transactions, Events events) {
    this.objects = objects;
    this.transactions = transactions;
    this.events = events;
  }

  @Override
  public String stepKind() {
    return KIND;
  }

  @Override
  public void perform(String chargeId) {
    StripeObject charge = objects.lockExisting("charge", chargeId);
    if (charge.text("balance_transaction") == null) {
      settle(charge);
      events.record("charge.updated", charge, AttemptPayment.noBalanceTransactionBefore());
    }
  }

  /** Adds the balance transaction of a charge that this transaction has locked or added. */
  void settle(StripeObject charge) {
    charge.body().put("balance_transaction", transactions.ofCharge(charge).id());
    objects.save(charge);
  }
}
