package io.cpdevents.billing.refunds;

import io.cpdevents.billing.charges.QuarantinedCharges;
import io.cpdevents.billing.charges.QuarantinedCharges.UnknownMoney;
import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.ResolveCancelledOut;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.billing.stripe.StripeRefund;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Money of no payment of ours, all of which has gone back at Stripe: what was taken and what has
 * left cancel out in suspense, so nobody has to look at either.
 */
@Component
class SettleUnknownMoney {

  private final QuarantinedCharges charges;
  private final ResolveCancelledOut resolveCancelledOut;
  private final StripeApi stripe;
  private final TransactionTemplate transaction;

  SettleUnknownMoney(
      QuarantinedCharges charges,
      ResolveCancelledOut resolveCancelledOut,
      StripeApi stripe,
      TransactionTemplate transaction) {
    this.charges = charges;
    this.resolveCancelledOut = resolveCancelledOut;
    this.stripe = stripe;
    this.transaction = transaction;
  }

  /**
   * Resolves the breaks, if the refunds of this payment intent have returned all of it, and people
   * have posted nothing of that elsewhere.
   */
  void handle(String paymentIntentId) {
    charges.unknownOf(paymentIntentId).ifPresent(money -> settle(money, paymentIntentId));
  }

  private void settle(UnknownMoney money, String paymentIntentId) {
    List<StripeBalanceTransaction> movements =
        stripe.refundsOf(paymentIntentId).stream()
            .map(refund -> stripe.refund(refund.id()))
            .flatMap(SettleUnknownMoney::movements)
            .toList();
    if (isAllOf(money.amount(), movements)) {
      List<String> ids =
          Stream.concat(
                  Stream.of(money.chargeId()), movements.stream().map(StripeBalanceTransaction::id))
              .toList();
      transaction.executeWithoutResult(_ ->
          resolveCancelledOut.handle(
              new ResolveCancelledOut.Command(
                  List.of(
                      BreakKind.UNKNOWN_PAYMENT,
                      BreakKind.UNKNOWN_REFUND,
                      BreakKind.UNEXPLAINED_BALANCE_TRANSACTION),
                  ids)));
    }
  }

  private static boolean isAllOf(Money taken, List<StripeBalanceTransaction> movements) {
    List<Money> amounts = movements.stream().map(StripeBalanceTransaction::amount).toList();
    return amounts.stream().allMatch(amount -> amount.currency().equals(taken.currency()))
        && amounts.stream().reduce(taken, Money::plus).isZero();
  }

  private static Stream<StripeBalanceTransaction> movements(StripeRefund refund) {
    return Stream.concat(
        Stream.ofNullable(refund.balanceTransaction()),
        Stream.ofNullable(refund.failureBalanceTransaction()));
  }
}
