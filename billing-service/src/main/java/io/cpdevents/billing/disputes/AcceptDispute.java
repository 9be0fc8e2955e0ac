package io.cpdevents.billing.disputes;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** An organization gives in to a dispute: the money stays with the buyer. */
@Component
public class AcceptDispute {

  /**
   * An acceptance.
   *
   * @param intentId the same for every repetition of the request
   */
  public record Command(Caller caller, UUID disputeId, UUID intentId) {}

  private final DisputeAnswers answers;
  private final StripeApi stripe;
  private final TransactionTemplate transaction;

  AcceptDispute(DisputeAnswers answers, StripeApi stripe, TransactionTemplate transaction) {
    this.answers = answers;
    this.stripe = stripe;
    this.transaction = transaction;
  }

  /**
   * Accepts the dispute at Stripe.
   *
   * @throws RuleViolation 404 {@code dispute-not-found}; 409 {@code dispute-closed}, {@code
   *     already-submitted}, {@code in-progress} or {@code acceptance-refused}; 503 {@code
   *     stripe-unavailable}
   */
  public void handle(Command command) {
    Dispute dispute = transaction.execute(_ -> begin(command).orElse(null));
    if (dispute == null) {
      return;
    }
    answers.answer(
        dispute,
        command.intentId(),
        Dispute::requireUndecided,
        BillingProblem.ACCEPTANCE_REFUSED,
        () ->
            stripe.acceptDispute(
                dispute.stripeId(),
                "dispute-acceptance:" + dispute.id() + ":" + command.intentId()));
  }

  private Optional<Dispute> begin(Command command) {
    Dispute dispute = answers.lock(command.caller(), command.disputeId());
    if (answers.isDone(dispute, command.intentId())) {
      return Optional.empty();
    }
    dispute.requireUndecided();
    answers.claim(dispute.id(), command.intentId(), "dispute.accepted");
    return Optional.of(dispute);
  }
}
