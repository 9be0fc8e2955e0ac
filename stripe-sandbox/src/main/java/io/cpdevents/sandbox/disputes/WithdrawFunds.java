package io.cpdevents.sandbox.disputes;

import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.ObjectQuery;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.refunds.FailRefund;
import io.cpdevents.sandbox.settings.BehaviourSettings;
import org.springframework.stereotype.Component;

/** Withdraws the amount of a chargeback and Stripe's fee from the balance. */
@Component
class WithdrawFunds {
  private static final int MAX_PENDING_REFUNDS = 100;

  private final StripeObjects objects;
  private final ObjectViews views;
  private final BalanceTransactions transactions;
  private final Events events;
  private final BehaviourSettings behaviour;
  private final FailRefund failRefund;

  WithdrawFunds(
      StripeObjects objects,
      ObjectViews views,
      BalanceTransactions transactions,
      Events events,
      BehaviourSettings behaviour,
      FailRefund failRefund) {
    this.objects = objects;
    this.views = views;
    this.transactions = transactions;
    this.events = events;
    this.behaviour = behaviour;
    this.failRefund = failRefund;
  }

  /** Adds the balance transaction, and writes the dispute and its charge. */
  void book(Disputes.Locked locked) {
    StripeObject dispute = locked.dispute();
    long amount = dispute.number("amount");
    long fee = behaviour.disputeFeeMinor();
    StripeObject transaction = transactions.ofWithdrawal(dispute, amount, fee);
    dispute.body().withArrayProperty("balance_transactions").add(views.show(transaction));
    dispute.body().put("is_charge_refundable", false);
    dispute.inner().put("withdrawn", amount);
    dispute.inner().put("fee", fee);
    Disputes.add(locked.charge(), "open_chargebacks", 1);
    objects.save(dispute);
    objects.save(locked.charge());
  }

  /**
   * Records the event. Pending refunds of the charge fail, so that the customer is not paid twice;
   * the caller's copy of the charge is outdated after this.
   */
  void record(Disputes.Locked locked) {
    events.record("charge.dispute.funds_withdrawn", locked.dispute());
    objects
        .oldest(
            ObjectQuery.of(locked.charge().account(), "refund")
                .with("charge", locked.charge().id())
                .with("status", "pending"),
            MAX_PENDING_REFUNDS)
        .forEach(refund -> failRefund.handle(refund.id(), "charge_for_pending_refund_disputed"));
  }
}
