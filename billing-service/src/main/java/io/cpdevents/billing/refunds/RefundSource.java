package io.cpdevents.billing.refunds;

import io.cpdevents.billing.charges.QuarantinedCharge;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.payments.PaidRegistration;
import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the money of a refund comes from, under its lock, with what is left of it: the capture of a
 * payment, or another charge that the payment did not want.
 */
sealed interface RefundSource {

  UUID paymentId();

  PaidRegistration registration();

  /** The payment intent that the money was taken by. */
  String paymentIntentId();

  /** The quarantined charge; null for the capture of the payment. */
  @Nullable String chargeId();

  /** What was taken. */
  Money captured();

  /** What could still go back. */
  Money left();

  /** Whether a dispute has taken money and is not decided: Stripe refunds nothing meanwhile. */
  boolean isDisputed();

  /** An amount that is left, and who bears it. */
  RefundShares sharesOf(RefundCause cause, Money amount);

  /**
   * Amounts of exactly these tickets, and who bears them.
   *
   * @param cappedAtRemaining whether less goes back when less is left, nothing included
   */
  RefundShares sharesOfTickets(
      RefundCause cause, List<AcceptRefund.Line> lines, boolean cappedAtRemaining);

  /**
   * Less than these shares, of the same tickets.
   *
   * @param amount no more than these shares
   */
  RefundShares reduced(RefundShares shares, RefundCause cause, Money amount);

  /** The same as if these shares had never gone back. */
  RefundSource without(RefundShares shares);

  /** The same after these shares have gone back. */
  RefundSource with(RefundShares shares);

  /** Which money it is. */
  default Refund.Origin origin() {
    return new Refund.Origin(paymentId(), chargeId());
  }

  /** All that is left, and who bears it; nothing when nothing is left. */
  RefundShares sharesOfAllLeft(RefundCause cause);

  /** The capture of a payment. */
  record OfPayment(RefundablePayment payment) implements RefundSource {
    @Override
    public UUID paymentId() {
      return payment.id();
    }

    @Override
    public PaidRegistration registration() {
      return payment.registration();
    }

    @Override
    public String paymentIntentId() {
      return payment.paymentIntentId();
    }

    @Override
    public @Nullable String chargeId() {
      return null;
    }

    @Override
    public Money captured() {
      return payment.captured();
    }

    @Override
    public Money left() {
      return payment.left();
    }

    @Override
    public boolean isDisputed() {
      return payment.isDisputed();
    }

    @Override
    public RefundShares sharesOf(RefundCause cause, Money amount) {
      return RefundShares.ofAmount(payment, cause, amount);
    }

    @Override
    public RefundShares sharesOfAllLeft(RefundCause cause) {
      return RefundShares.ofAllLeft(payment, cause);
    }

    @Override
    public RefundShares sharesOfTickets(
        RefundCause cause, List<AcceptRefund.Line> lines, boolean cappedAtRemaining) {
      return RefundShares.ofTickets(payment, cause, lines, cappedAtRemaining);
    }

    @Override
    public RefundShares reduced(RefundShares shares, RefundCause cause, Money amount) {
      return shares.reducedTo(payment.withoutRefunded(shares.tickets()), cause, amount);
    }

    @Override
    public RefundSource without(RefundShares shares) {
      return new OfPayment(payment.withoutRefunded(shares.tickets()));
    }

    @Override
    public RefundSource with(RefundShares shares) {
      return new OfPayment(payment.withRefunded(shares.tickets()));
    }
  }

  /** A charge that the payment did not want. */
  record OfCharge(QuarantinedCharge charge) implements RefundSource {
    @Override
    public UUID paymentId() {
      return charge.paymentId();
    }

    @Override
    public PaidRegistration registration() {
      return charge.registration();
    }

    @Override
    public String paymentIntentId() {
      return charge.paymentIntentId();
    }

    @Override
    public String chargeId() {
      return charge.id();
    }

    @Override
    public Money captured() {
      return charge.amount();
    }

    @Override
    public Money left() {
      return charge.left();
    }

    @Override
    public boolean isDisputed() {
      return charge.isDisputed();
    }

    @Override
    public RefundShares sharesOf(RefundCause cause, Money amount) {
      return RefundShares.ofSuspense(amount);
    }

    @Override
    public RefundShares sharesOfAllLeft(RefundCause cause) {
      return RefundShares.ofSuspense(charge.left());
    }

    @Override
    public RefundShares sharesOfTickets(
        RefundCause cause, List<AcceptRefund.Line> lines, boolean cappedAtRemaining) {
      throw new IllegalStateException("no tickets are paid by charge " + charge.id());
    }

    @Override
    public RefundShares reduced(RefundShares shares, RefundCause cause, Money amount) {
      return RefundShares.ofSuspense(amount);
    }

    @Override
    public RefundSource without(RefundShares shares) {
      return new OfCharge(charge.withReturned(shares.suspenseShare().negate()));
    }

    @Override
    public RefundSource with(RefundShares shares) {
      return new OfCharge(charge.withReturned(shares.suspenseShare()));
    }

    /** The kind of the break that was opened when the charge was quarantined. */
    BreakKind objection() {
      return charge.objection();
    }
  }
}
