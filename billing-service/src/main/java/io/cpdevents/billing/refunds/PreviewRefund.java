package io.cpdevents.billing.refunds;

import io.cpdevents.billing.ledger.LedgerQueries;
import io.cpdevents.billing.payments.PaymentQueries;
import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.billing.payments.RefundablePayments;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.security.Caller;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An organization looks at what a refund would cost whom. */
@Component
public class PreviewRefund {

  /** What would be refunded. */
  public record Command(UUID paymentId, WantedRefund wanted) {}

  private final PaymentQueries payments;
  private final RefundablePayments refundablePayments;
  private final LedgerQueries ledger;

  PreviewRefund(
      PaymentQueries payments, RefundablePayments refundablePayments, LedgerQueries ledger) {
    this.payments = payments;
    this.refundablePayments = refundablePayments;
    this.ledger = ledger;
  }

  /**
   * Changes nothing.
   *
   * @throws RuleViolation what {@link RequestRefund} would refuse
   */
  @Transactional
  public RefundPreview handle(Command command, Caller caller) {
    UUID paymentId = command.paymentId();
    payments.requireFinance(caller, paymentId);
    RefundablePayment payment = refundablePayments.lock(paymentId);
    RefundShares shares = command.wanted().sharesOf(payment);
    return new RefundPreview(
        shares.amount(),
        shares.tickets().tickets().stream()
            .map(share -> new RefundView.Line(share.ticketId(), share.amount()))
            .toList(),
        shares.organizationShare(),
        shares.platformShare(),
        stripeFeeKept(payment, shares.amount()),
        ledger
            .earnedBy(payment.registration().organizationId(), payment.captured().currency())
            .minus(shares.organizationShare()));
  }

  private Money stripeFeeKept(RefundablePayment payment, Money amount) {
    return ledger
        .stripeFeeOf(payment.paymentIntentId())
        .map(fee -> StripeFee.keptOf(fee, payment.captured(), payment.refunded(), amount))
        .orElseGet(() -> Money.zero(payment.captured().currency()));
  }
}
