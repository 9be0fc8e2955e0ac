package io.cpdevents.billing.refunds;

import io.cpdevents.billing.payments.PaymentQueries;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.MoneyGivenBack;
import io.cpdevents.platform.security.RecentProof;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
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
  private final Refunds refunds;
  private final LockRefundFacts lockFacts;
  private final ExecuteRefundEffects execute;
  private final RecentProof recentProof;
  private final AuditTrail audit;
  private final Clock clock;

  RequestRefund(
      PaymentQueries payments,
      Refunds refunds,
      LockRefundFacts lockFacts,
      ExecuteRefundEffects execute,
      RecentProof recentProof,
      AuditTrail audit,
      Clock clock) {
    this.payments = payments;
    this.refunds = refunds;
    this.lockFacts = lockFacts;
    this.execute = execute;
    this.recentProof = recentProof;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Accepts it, and lets it be sent.
   *
   * @throws RuleViolation 404 {@code payment-not-found}, 403 {@code role-missing} or {@code
   *     step-up-required}, 409 {@code not-captured}, and as {@link WantedRefund#sharesOf} says
   */
  @Transactional
  public void handle(Command command, Caller caller) {
    payments.requireFinance(caller, command.paymentId());
    Instant now = clock.instant();
    // Before the payment is locked: whoever waits here holds nothing that others wait for.
    List<Money> lately =
        refunds.lockAskedBy(caller.accountId(), now.minus(MoneyGivenBack.SUM_TIME));
    RefundFacts facts = lockFacts.ofPayment(command.paymentId());
    if (facts.refund(command.refundId()).isEmpty()
        && facts.source() instanceof RefundSource.OfPayment(var payment)) {
      RefundShares shares = command.wanted().sharesOf(payment);
      if (MoneyGivenBack.isOfConsequence(lately, shares.amount())) {
        recentProof.require(caller);
      }
      UUID organizationId = payment.registration().organizationId();
      AskedBy asked =
          new AskedBy(
              command.reason(), caller.accountId(), AskedBy.Role.of(caller, organizationId));
      execute.handle(
          RefundDecision.accepted(
              facts, command.refundId(), RefundCause.REQUESTED, asked, shares, now));
      audit.record(
          "refund.requested",
          "refund",
          command.refundId().toString(),
          organizationId,
          new Change(
                  Map.of(),
                  Map.of(
                      "paymentId",
                      command.paymentId().toString(),
                      "amount",
                      shares.amount().amountMinor() + " " + shares.amount().currency()))
              .with(Map.of("role", ContractsJson.kebabCase(asked.role()))));
    }
  }
}
