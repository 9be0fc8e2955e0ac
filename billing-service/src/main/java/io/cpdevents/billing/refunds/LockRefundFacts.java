package io.cpdevents.billing.refunds;

import io.cpdevents.billing.charges.QuarantinedCharges;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.BreakQueries;
import io.cpdevents.billing.payments.RefundablePayments;
import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.platform.error.RuleViolation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Locks a payment and reads the {@link RefundFacts} about it, or about another charge for it. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class LockRefundFacts {

  private final RefundablePayments payments;
  private final QuarantinedCharges charges;
  private final Refunds refunds;
  private final BreakQueries breaks;

  LockRefundFacts(
      RefundablePayments payments,
      QuarantinedCharges charges,
      Refunds refunds,
      BreakQueries breaks) {
    this.payments = payments;
    this.charges = charges;
    this.refunds = refunds;
    this.breaks = breaks;
  }

  /**
   * Locks this payment.
   *
   * @throws RuleViolation 404 {@code payment-not-found}, 409 {@code not-captured}
   */
  RefundFacts ofPayment(UUID paymentId) {
    return facts(new RefundSource.OfPayment(payments.lock(paymentId)));
  }

  /** Locks a charge that its payment did not want, and the payment. */
  RefundFacts ofCharge(String chargeId) {
    return facts(new RefundSource.OfCharge(charges.lock(chargeId)));
  }

  /** Locks the payment of this refund. */
  RefundFacts ofRefund(UUID refundId) {
    return of(refunds.originOf(refundId).orElseThrow());
  }

  /** Locks the payment that a refund at Stripe is about; empty when we know none. */
  Optional<RefundFacts> of(StripeRefund stripeRefund) {
    Optional<Refund.Origin> origin =
        Optional.ofNullable(stripeRefund.refundId()).flatMap(refunds::originOf);
    if (origin.isPresent()) {
      return origin.map(this::of);
    }
    Optional<String> intent = Optional.ofNullable(stripeRefund.paymentIntentId());
    return intent
        .flatMap(payments::lockByPaymentIntent)
        .<RefundSource>map(RefundSource.OfPayment::new)
        .or(() -> intent.flatMap(charges::lockByPaymentIntent).map(RefundSource.OfCharge::new))
        .map(this::facts);
  }

  private RefundFacts of(Refund.Origin origin) {
    String chargeId = origin.chargeId();
    return chargeId == null ? ofPayment(origin.paymentId()) : ofCharge(chargeId);
  }

  private RefundFacts facts(RefundSource source) {
    List<Refund> all = refunds.of(source.origin());
    Set<UUID> waitingForPerson =
        all.stream()
            .filter(Refund::needsPerson)
            .filter(refund -> breaks.isOpen(BreakKind.REFUND_OWED, refund.breakIds()))
            .map(Refund::id)
            .collect(Collectors.toUnmodifiableSet());
    return new RefundFacts(source, all, waitingForPerson);
  }
}
