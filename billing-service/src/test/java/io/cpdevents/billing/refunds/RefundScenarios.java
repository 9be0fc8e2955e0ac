package io.cpdevents.billing.refunds;

import io.cpdevents.billing.charges.QuarantinedCharge;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.payments.PaidRegistration;
import io.cpdevents.billing.payments.PaymentLine;
import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.billing.plans.FeeRule;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Payments and refunds as the tests of refunds need them. */
final class RefundScenarios {

  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  static final String PAYMENT_INTENT = "pi_1";

  private static final FeeRule FREE = new FeeRule("free", 500, Money.of(50, "CAD"));

  private RefundScenarios() {}

  /** A captured payment in CAD, with a fee of 5 % and 0.50 for each ticket. */
  static RefundablePayment payment(boolean feeRefundable, long... ticketMinor) {
    return payment(
        tickets(FREE, Arrays.stream(ticketMinor).mapToObj(RefundScenarios::cad).toList()),
        feeRefundable);
  }

  static RefundablePayment payment(List<PaymentLine> lines, boolean feeRefundable) {
    return new RefundablePayment(
        Ids.next(),
        new PaidRegistration(Ids.next(), Ids.next(), Ids.next(), Ids.next(), "Wound care", NOON),
        lines.stream().map(PaymentLine::total).reduce(Money::plus).orElseThrow(),
        feeRefundable,
        PAYMENT_INTENT,
        false,
        lines);
  }

  /** A charge of 100.00 that was made for a payment which had been captured. */
  static QuarantinedCharge secondCapture(RefundablePayment payment) {
    return new QuarantinedCharge(
        "ch_2",
        payment.id(),
        payment.registration(),
        "pi_2",
        BreakKind.DUPLICATE_CAPTURE,
        cad(10_000),
        cad(0),
        cad(0),
        false,
        false);
  }

  static List<PaymentLine> tickets(FeeRule rule, List<Money> totals) {
    Money total = totals.stream().reduce(Money::plus).orElseThrow();
    List<Money> fees = rule.allocate(rule.feeOf(total, totals.size()), totals);
    List<PaymentLine> lines = new ArrayList<>();
    for (int i = 0; i < totals.size(); i++) {
      lines.add(PaymentLine.of(Ids.next(), "Standard", totals.get(i), fees.get(i)));
    }
    return lines;
  }

  static PaymentLine ticket(String currency, long totalMinor, long feeMinor) {
    return PaymentLine.of(
        Ids.next(), "Standard", Money.of(totalMinor, currency), Money.of(feeMinor, currency));
  }

  /** A refund that was asked for, of an amount that is left of the payment. */
  static Refund requested(RefundablePayment payment, Money amount) {
    return Refund.requested(
        Ids.next(),
        originOf(payment),
        RefundCause.REQUESTED,
        new AskedBy("The room was too small", Ids.next(), AskedBy.Role.FINANCE),
        RefundShares.ofAmount(payment, RefundCause.REQUESTED, amount),
        NOON,
        NOON.plusSeconds(60));
  }

  /** The capture of a payment as the origin of a refund. */
  static Refund.Origin originOf(RefundablePayment payment) {
    return new Refund.Origin(payment.id(), null);
  }

  /** What Stripe says of an attempt of ours. */
  static StripeRefund stripeRefund(Refund refund, int attempt, StripeRefund.Status status) {
    return stripeRefund("re_" + attempt, refund.amount(), refund.id(), attempt, status);
  }

  /** What Stripe says of a refund that somebody made in its dashboard. */
  static StripeRefund dashboardRefund(Money amount, StripeRefund.Status status) {
    return stripeRefund("re_dashboard", amount, null, 0, status);
  }

  private static StripeRefund stripeRefund(
      String id, Money amount, @Nullable UUID refundId, int attempt, StripeRefund.Status status) {
    StripeBalanceTransaction taken = movement("txn_taken", id, amount.negate());
    StripeBalanceTransaction returned = movement("txn_returned", id, amount);
    return new StripeRefund(
        id,
        status,
        amount.amountMinor(),
        amount.currency().getCurrencyCode(),
        PAYMENT_INTENT,
        refundId,
        attempt,
        status == StripeRefund.Status.FAILED ? "expired_or_canceled_card" : null,
        status == StripeRefund.Status.PENDING ? null : taken,
        switch (status) {
          case PENDING, SUCCEEDED -> null;
          case FAILED, CANCELED -> returned;
        });
  }

  static StripeBalanceTransaction movement(String id, String source, Money amount) {
    return new StripeBalanceTransaction(
        id,
        "refund",
        source,
        amount.currency().getCurrencyCode(),
        amount.amountMinor(),
        0,
        amount.amountMinor(),
        NOON);
  }

  static Money cad(long amountMinor) {
    return Money.of(amountMinor, "CAD");
  }
}
