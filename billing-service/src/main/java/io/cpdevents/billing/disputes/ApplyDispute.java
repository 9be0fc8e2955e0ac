package io.cpdevents.billing.disputes;

import io.cpdevents.billing.invoices.TellDisputeOfInvoice;
import io.cpdevents.billing.refunds.ApplyDisputeOfCharge;
import io.cpdevents.billing.refunds.GiveWayToDispute;
import io.cpdevents.billing.stripe.StripeDispute;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stripe's view of a dispute becomes ours: how it stands, and what it did to Stripe's balance. */
@Component
class ApplyDispute {

  private final LockDisputeFacts lockFacts;
  private final ExecuteDisputeEffects execute;
  private final GiveWayToDispute giveWay;
  private final ApplyDisputeOfCharge applyDisputeOfCharge;
  private final TellDisputeOfInvoice tellDisputeOfInvoice;
  private final Clock clock;

  ApplyDispute(
      LockDisputeFacts lockFacts,
      ExecuteDisputeEffects execute,
      GiveWayToDispute giveWay,
      ApplyDisputeOfCharge applyDisputeOfCharge,
      TellDisputeOfInvoice tellDisputeOfInvoice,
      Clock clock) {
    this.lockFacts = lockFacts;
    this.execute = execute;
    this.giveWay = giveWay;
    this.applyDisputeOfCharge = applyDisputeOfCharge;
    this.tellDisputeOfInvoice = tellDisputeOfInvoice;
    this.clock = clock;
  }

  /**
   * Applies what is new; the same again changes nothing.
   *
   * @param paymentIntentId of the charge that is disputed; null when it was made without one
   * @return false when it is about no money that is known here and has moved none
   */
  @Transactional
  boolean handle(StripeDispute stripe, @Nullable String paymentIntentId) {
    Optional<DisputeFacts> facts =
        Optional.ofNullable(paymentIntentId).flatMap(intent -> facts(intent, stripe));
    List<DisputeEffect> effects =
        facts
            .map(found ->
                DisputeDecision.onStripeDispute(found, stripe, Ids.next(), clock.instant()))
            .orElseGet(() -> DisputeDecision.onUnknownPayment(stripe));
    execute.handle(effects);
    if (facts.isEmpty() && paymentIntentId != null) {
      tellDisputeOfInvoice.handle(stripe, paymentIntentId);
    }
    boolean isOfCharge =
        facts.isEmpty()
            && paymentIntentId != null
            && applyDisputeOfCharge.handle(stripe, paymentIntentId);
    return facts.isPresent() || isOfCharge || !effects.isEmpty();
  }

  /** The facts, after refunds have given way that the buyer has by the dispute. */
  private Optional<DisputeFacts> facts(String paymentIntentId, StripeDispute stripe) {
    Optional<DisputeFacts> facts = lockFacts.of(paymentIntentId, stripe.id());
    Optional<Money> missing = facts.flatMap(found -> DisputeDecision.lostBeyondLeft(found, stripe));
    if (facts.isEmpty() || missing.isEmpty()) {
      return facts;
    }
    giveWay.handle(
        new GiveWayToDispute.Command(
            facts.get().payment().id(), stripe.lastMovement().id(), missing.get()));
    return lockFacts.of(paymentIntentId, stripe.id());
  }
}
