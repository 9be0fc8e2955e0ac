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

<<<<<<< HEAD
  /** A preview without its payout, and whose payout that is. */
  private record Previewed(RefundPreview preview, UUID organizationId, UUID eventId) {}
=======
  /** What would be refunded. */
  public record Command(UUID paymentId, WantedRefund wanted) {}
>>>>>>> origin/main

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
<<<<<<< HEAD
  public RefundPreview handle(UUID paymentId, WantedRefund wanted, Caller caller) {
=======
  @Transactional
  public RefundPreview handle(Command command, Caller caller) {
    UUID paymentId = command.paymentId();
>>>>>>> origin/main
    payments.requireFinance(caller, paymentId);
    Previewed previewed =
        Objects.requireNonNull(transaction.execute(_ -> preview(paymentId, wanted)));
    RefundPreview preview = previewed.preview();
    return preview.with(
        payableMoney
            .of(previewed.organizationId(), preview.amount().currency(), previewed.eventId())
            .map(payable -> RefundPreview.NextPayout.of(payable, preview.organizationShare()))
            .orElse(null));
  }

  private Previewed preview(UUID paymentId, WantedRefund wanted) {
    RefundablePayment payment = refundablePayments.lock(paymentId);
<<<<<<< HEAD
    RefundShares shares = wanted.sharesOf(payment);
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
=======
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
>>>>>>> origin/main
  }

  private Money stripeFeeKept(RefundablePayment payment, Money amount) {
    return ledger
        .stripeFeeOf(payment.paymentIntentId())
        .map(fee -> StripeFee.keptOf(fee, payment.captured(), payment.refunded(), amount))
        .orElseGet(() -> Money.zero(payment.captured().currency()));
  }
}
