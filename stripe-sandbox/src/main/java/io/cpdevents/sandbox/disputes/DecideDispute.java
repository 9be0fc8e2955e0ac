package io.cpdevents.sandbox.disputes;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.balance.BalanceTransactions;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.settings.BehaviourSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Decides a dispute; one that was lost may be won later. */
@Component
class DecideDispute {
  private final Disputes disputes;
  private final BalanceTransactions transactions;
  private final ObjectViews views;
  private final Events events;
  private final BehaviourSettings behaviour;

  DecideDispute(
      Disputes disputes,
      BalanceTransactions transactions,
      ObjectViews views,
      Events events,
      BehaviourSettings behaviour) {
    this.disputes = disputes;
    this.transactions = transactions;
    this.views = views;
    this.events = events;
    this.behaviour = behaviour;
  }

  /** Decides for the customer; an inquiry cannot be lost, because it becomes a chargeback. */
  StripeObject lose(String disputeId) {
    Disputes.Locked locked = disputes.lock(disputeId);
    locked.requireOpen();
    if (locked.isInquiry()) {
      throw StripeRefusal.wrongState(
          null, null, "An inquiry is not lost: it is escalated, or it is closed.");
    }
    lose(locked);
    return locked.dispute();
  }

  /** Marks an open chargeback as lost. */
  void lose(Disputes.Locked locked) {
    ObjectNode before = locked.dispute().body().deepCopy();
    Disputes.add(locked.charge(), "open_chargebacks", -1);
    addToTotals(locked, locked.dispute().number("amount"));
    disputes.close(locked, "lost", before);
  }

  /**
   * Decides for the platform: the money is reinstated; an inquiry is closed.
   *
   * @param reinstated how much, in minor units of the dispute; null for all of it
   */
  StripeObject win(String disputeId, @Nullable Long reinstated) {
    Disputes.Locked locked = disputes.lock(disputeId);
    StripeObject dispute = locked.dispute();
    boolean late = dispute.is("status", "lost");
    if (!late) {
      locked.requireOpen();
    }
    ObjectNode before = dispute.body().deepCopy();
    if (locked.isInquiry()) {
      disputes.close(locked, "warning_closed", before);
      return dispute;
    }
    long amount = reinstated == null ? dispute.number("amount") : reinstated;
    if (amount < 1 || amount > dispute.number("amount")) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer",
          "reinstatedMinor",
          "This value must be between 1 and %d (inclusive).".formatted(dispute.number("amount")));
    }
    if (!late) {
      Disputes.add(locked.charge(), "open_chargebacks", -1);
    }
    addToTotals(locked, dispute.number("amount") - amount);
    long fee = behaviour.disputeFeeReturned() ? dispute.innerNumber("fee") : 0;
    StripeObject transaction = transactions.ofReinstatement(dispute, amount, fee);
    dispute.body().withArrayProperty("balance_transactions").add(views.show(transaction));
    dispute.inner().put("reinstated", amount);
    dispute.inner().put("fee_returned", fee);
    dispute.body().put("status", "won");
    events.record("charge.dispute.funds_reinstated", dispute);
    disputes.close(locked, "won", before);
    return dispute;
  }

  /** The part of the charge that the customer keeps by this dispute, in the charge's currency. */
  private static void addToTotals(Disputes.Locked locked, long amount) {
    StripeObject charge = locked.charge();
    StripeObject dispute = locked.dispute();
    long ofCharge = amount;
    if (!dispute.is("currency", charge.requiredText("currency"))) {
      // Exchange rates are unknown here, so the same part of the charge as of the dispute is used.
      ofCharge = Math.multiplyExact(charge.number("amount"), amount) / dispute.number("amount");
    }
    long inAll = Math.min(ofCharge, charge.number("amount"));
    Disputes.add(charge, "charged_back", inAll - dispute.innerNumber("lost_of_charge"));
    dispute.inner().put("lost_of_charge", inAll);
  }
}
