package io.cpdevents.billing.charges;

import io.cpdevents.billing.payments.LockPayment;
import io.cpdevents.billing.payments.Payment;
import io.cpdevents.billing.stripe.StripeDispute;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What refunds need of charges that no payment wanted. */
@Component
public class QuarantinedCharges {

  private final Charges charges;
  private final LockPayment lockPayment;

  QuarantinedCharges(Charges charges, LockPayment lockPayment) {
    this.charges = charges;
    this.lockPayment = lockPayment;
  }

  /** Second captures of a payment of which we have not given back what is left, oldest first. */
  public List<String> secondCaptures(int maxRows) {
    return charges.secondCaptures(maxRows);
  }

  /** Locks a charge and the payment that it was made for. */
  @Transactional(propagation = Propagation.MANDATORY)
  public QuarantinedCharge lock(String chargeId) {
    return lock(charges.quarantined(chargeId).orElseThrow()).orElseThrow();
  }

  /**
   * Locks the charge of a payment intent and the payment that it was made for; empty when it is not
   * quarantined, or was made for no payment of ours.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<QuarantinedCharge> lockByPaymentIntent(String paymentIntentId) {
    return charges.quarantinedOf(paymentIntentId).flatMap(this::lock);
  }

  /**
   * The charge of a payment intent that belongs to no payment of ours, and its amount; empty when
   * there is none.
   */
  public Optional<UnknownMoney> unknownOf(String paymentIntentId) {
    return charges
        .unknownOf(paymentIntentId)
        .map(charge -> new UnknownMoney(charge.id(), charge.amount()));
  }

  /** Money of a payment intent that belongs to no payment of ours. */
  public record UnknownMoney(String chargeId, Money amount) {}

  /** Takes a refund from what is left of a charge; an amount below zero gives it back. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void take(String chargeId, Money amount) {
    charges.addReturned(chargeId, amount);
  }

  /**
   * Records what a dispute has taken of a locked charge.
   *
   * @return false when that is known, or older than what is known
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean noteDispute(QuarantinedCharge charge, StripeDispute dispute) {
    Money taken = dispute.taken();
    boolean isSameCurrency = taken.currency().equals(charge.amount().currency());
    return charges.saveDispute(
        charge.id(),
        dispute.id(),
        new Charges.Taken(
            isSameCurrency && taken.isPositive() ? taken.amountMinor() : 0,
            !isSameCurrency && taken.isPositive()),
        dispute.balanceTransactions().size(),
        dispute.hasUndecidedMoney());
  }

  /** Locks the payment first, in the order in which payment intents are applied. */
  private Optional<QuarantinedCharge> lock(Charges.QuarantinedRow seen) {
    UUID paymentId = seen.paymentId();
    if (paymentId == null) {
      return Optional.empty();
    }
    Payment payment = lockPayment.handle(paymentId).orElseThrow();
    Charges.QuarantinedRow charge = charges.lockQuarantined(seen.id()).orElseThrow();
    return Optional.of(
        new QuarantinedCharge(
            charge.id(),
            Objects.requireNonNull(charge.paymentId()),
            payment.registration(),
            charge.paymentIntentId(),
            charge.objection(),
            charge.amount(),
            charge.returned(),
            charge.disputed(),
            charge.isTakenInOtherCurrency(),
            charge.isDisputed()));
  }
}
