package io.cpdevents.billing.refunds;

import io.cpdevents.billing.payments.PaymentQueries;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An organization, or the platform for it, gives money back to a buyer; the tickets stay valid. */
@Component
public class RequestRefund {

  /**
   * A request for a refund.
   *
   * @param refundId the request's intent: asking twice is asking once
   * @param reason the buyer can read it
   */
  public record Command(UUID refundId, UUID paymentId, WantedRefund wanted, String reason) {

    /** Without the reason, which must not be logged. */
    @Override
    public String toString() {
      return "RequestRefund[%s of %s]".formatted(refundId, paymentId);
    }
  }

  private final PaymentQueries payments;
  private final LockRefundFacts lockFacts;
  private final ExecuteRefundEffects execute;
  private final AuditTrail audit;
  private final Clock clock;

  RequestRefund(
      PaymentQueries payments,
      LockRefundFacts lockFacts,
      ExecuteRefundEffects execute,
      AuditTrail audit,
      Clock clock) {
    this.payments = payments;
    this.lockFacts = lockFacts;
    this.execute = execute;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Accepts it, and lets it be sent.
   *
   * @throws RuleViolation 404 {@code payment-not-found}, 403 {@code role-missing}, 409 {@code
   *     not-captured}, and as {@link WantedRefund#sharesOf} says
   */
  @Transactional
  public void handle(Command command, Caller caller) {
    payments.requireFinance(caller, command.paymentId());
    RefundFacts facts = lockFacts.ofPayment(command.paymentId());
    if (facts.refund(command.refundId()).isEmpty()
        && facts.source() instanceof RefundSource.OfPayment(var payment)) {
      RefundShares shares = command.wanted().sharesOf(payment);
      UUID organizationId = payment.registration().organizationId();
      AskedBy asked =
          new AskedBy(
              command.reason(), caller.accountId(), AskedBy.Role.of(caller, organizationId));
      execute.handle(
          RefundDecision.accepted(
              facts, command.refundId(), RefundCause.REQUESTED, asked, shares, clock.instant()));
      audit.record(
          "refund.requested",
          "refund",
          command.refundId().toString(),
          organizationId,
          Map.of(
              "paymentId", command.paymentId().toString(),
              "amount", shares.amount().amountMinor() + " " + shares.amount().currency(),
              "role", ContractsJson.kebabCase(asked.role())));
    }
  }
}
