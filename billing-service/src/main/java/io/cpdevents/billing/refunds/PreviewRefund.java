package io.cpdevents.billing.refunds;

import io.cpdevents.billing.ledger.LedgerQueries;
import io.cpdevents.billing.organizations.PayableMoney;
import io.cpdevents.billing.payments.PaymentQueries;
import io.cpdevents.billing.payments.RefundablePayment;
import io.cpdevents.billing.payments.RefundablePayments;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.security.Caller;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** An organization looks at what a refund would cost whom. */
@Component
public class PreviewRefund {

  /** What would be refunded. */
  public record Command(UUID paymentId, WantedRefund wanted) {}

  /** A preview without its payout, and whose payout that is. */
  private record Previewed(RefundPreview preview, UUID organizationId, UUID eventId) {}

  private final PaymentQueries payments;
  private final RefundablePayments refundablePayments;
  private final LedgerQueries ledger;
  private final PayableMoney payableMoney;
  private final TransactionTemplate transaction;

  PreviewRefund(
      PaymentQueries payments,
      RefundablePayments refundablePayments,
      LedgerQueries ledger,
      PayableMoney payableMoney,
      TransactionTemplate transaction) {
    this.payments = payments;
    this.refundablePayments = refundablePayments;
    this.ledger = ledger;
    this.payableMoney = payableMoney;
    this.transaction = transaction;
  }

  /**
   * Changes nothing.
   *
   * @throws RuleViolation what {@link RequestRefund} would refuse
   */
  public RefundPreview handle(Command command, Caller caller) {
    payments.requireFinance(caller, command.paymentId());
    Previewed previewed = Objects.requireNonNull(transaction.execute(_ -> preview(command)));
    RefundPreview preview = previewed.preview();
    return preview.with(
        payableMoney
            .of(previewed.organizationId(), preview.amount().currency(), previewed.eventId())
            .map(payable -> RefundPreview.NextPayout.of(payable, preview.organizationShare()))
            .orElse(null));
  }

  private Previewed preview(Command command) {
    RefundablePayment payment = refundablePayments.lock(command.paymentId());
    RefundShares shares = command.wanted().sharesOf(payment);
    RefundPreview preview =
        new RefundPreview(
            shares.amount(),
            shares.tickets().tickets().stream()
                .map(share -> new RefundView.Line(share.ticketId(), share.amount()))
                .toList(),
            shares.organizationShare(),
            shares.platformShare(),
            stripeFeeKept(payment, shares.amount()),
            ledger
                .earnedBy(payment.registration().organizationId(), payment.captured().currency())
                .minus(shares.organizationShare()),
            null);
    return new Previewed(
        preview, payment.registration().organizationId(), payment.registration().eventId());
  }

  private Money stripeFeeKept(RefundablePayment payment, Money amount) {
    return ledger
        .stripeFeeOf(payment.paymentIntentId())
        .map(fee -> StripeFee.keptOf(fee, payment.captured(), payment.refunded(), amount))
        .orElseGet(() -> Money.zero(payment.captured().currency()));
  }
}
