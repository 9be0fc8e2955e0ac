package io.cpdevents.billing.disputes;

import static io.cpdevents.platform.security.OrganizationRole.ADMIN;
import static io.cpdevents.platform.security.OrganizationRole.FINANCE;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.settlements.SettleUnknown;
import io.cpdevents.billing.settlements.SettlementKind;
import io.cpdevents.billing.settlements.TrySettleUnknown;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.ProblemCode;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.stripe.StripeInquiries;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import io.cpdevents.platform.time.SystemTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How a dispute is answered at Stripe: by one request at a time, outside any transaction; when
 * Stripe refuses, it is asked how the dispute stands, which says why.
 */
@Component
class DisputeAnswers {

  /** Longer than a call to Stripe may take. */
  private static final Duration CLAIM_TIME = Duration.ofSeconds(40);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final LockDisputeFacts lockFacts;
  private final EvidenceDrafts drafts;
  private final SettleDispute settleDispute;
  private final TrySettleUnknown trySettleUnknown;
  private final TransactionTemplate transaction;
  private final SystemTime systemTime;
  private final AuditTrail auditTrail;

  DisputeAnswers(
      LockDisputeFacts lockFacts,
      EvidenceDrafts drafts,
      SettleDispute settleDispute,
      TrySettleUnknown trySettleUnknown,
      TransactionTemplate transaction,
      SystemTime systemTime,
      AuditTrail auditTrail) {
    this.lockFacts = lockFacts;
    this.drafts = drafts;
    this.settleDispute = settleDispute;
    this.trySettleUnknown = trySettleUnknown;
    this.transaction = transaction;
    this.systemTime = systemTime;
    this.auditTrail = auditTrail;
  }

  /**
   * The dispute, locked with its payment.
   *
   * @throws RuleViolation 404 {@code dispute-not-found}, 403 {@code role-missing}
   */
  Dispute lock(Caller caller, UUID disputeId) {
    DisputeFacts facts = lockFacts.of(disputeId);
    if (!caller.has(PlatformRole.PLATFORM_FINANCE)) {
      caller.requireRole(
          facts.payment().registration().organizationId(),
          BillingProblem.DISPUTE_NOT_FOUND,
          ADMIN,
          FINANCE);
    }
    return Objects.requireNonNull(facts.dispute());
  }

  /**
   * Whether a request that is repeated has done what it wants: its answer was lost, and Stripe has
   * told what became of it.
   */
  boolean isDone(Dispute dispute, UUID intentId) {
    boolean isOpen = dispute.status().isUndecided() && !dispute.claim().underReview();
    return !isOpen && drafts.isAnsweredBy(dispute.id(), intentId);
  }

  /**
   * Lets only this request answer the dispute until it releases it, and records who answers; inside
   * a transaction.
   *
   * @param action for the audit log: {@code dispute.<past participle>}
   * @throws RuleViolation 409 {@code in-progress}
   */
  void claim(UUID disputeId, UUID intentId, String action) {
    Instant now = systemTime.now();
    if (!drafts.claim(disputeId, intentId, now, now.plus(CLAIM_TIME))) {
      throw CommonProblem.IN_PROGRESS.violation();
    }
    record(disputeId, action);
  }

  /** Records who has done something with a dispute; inside a transaction. */
  void record(UUID disputeId, String action) {
    UUID organizationId = lockFacts.of(disputeId).payment().registration().organizationId();
    auditTrail.record(action, "dispute", disputeId.toString(), organizationId, Map.of());
  }

  /**
   * Answers at Stripe, and takes over how the dispute stands after that.
   *
   * @param requirement what the dispute must be for this answer
   * @param refusal the code when Stripe refuses although it is
   * @throws RuleViolation 409 by the requirement or with that code, 503 {@code stripe-unavailable}
   */
  void answer(
      Dispute dispute,
      UUID intentId,
      Consumer<Dispute> requirement,
      ProblemCode refusal,
      Runnable call) {
    try {
      call.run();
      StripeInquiries.ask(
          "dispute " + dispute.id(), () -> settleDispute.handle(dispute.stripeId()));
    } catch (StripeRefused refused) {
      trySettleUnknown.handle(
          new SettleUnknown.Command(
              SettlementKind.DISPUTE,
              dispute.id().toString(),
              () -> settleDispute.handle(dispute.stripeId())));
      transaction.executeWithoutResult(
          _ -> requirement.accept(Objects.requireNonNull(lockFacts.of(dispute.id()).dispute())));
      throw refusal.violation("Stripe does not take this answer: %s.".formatted(refused.code()));
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    } finally {
      drafts.release(dispute.id(), intentId);
    }
  }
}
