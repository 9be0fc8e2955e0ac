package io.cpdevents.billing.disputes;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeApi.EvidenceRequest;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An organization answers a dispute: it goes on with its draft, or submits it, which is final. A
 * draft is kept here and at Stripe.
 */
@Component
public class GiveEvidence {

  /**
   * Evidence.
   *
   * @param intentId the same for every repetition of the request
   * @param texts by their names in the API; an empty one clears
   * @param fileIds the files that are used, instead of those before; null: they stay
   * @param submit whether the draft goes to the bank
   * @param isRepeatable whether the request has a key under which it can be repeated
   */
  public record Command(
      Caller caller,
      UUID disputeId,
      UUID intentId,
      Map<String, String> texts,
      @Nullable List<UUID> fileIds,
      boolean submit,
      boolean isRepeatable) {}

  private record Sending(Dispute dispute, Map<String, String> evidence) {}

  private final DisputeAnswers answers;
  private final EvidenceDrafts drafts;
  private final StripeApi stripe;
  private final TransactionTemplate transaction;

  GiveEvidence(
      DisputeAnswers answers,
      EvidenceDrafts drafts,
      StripeApi stripe,
      TransactionTemplate transaction) {
    this.answers = answers;
    this.drafts = drafts;
    this.stripe = stripe;
    this.transaction = transaction;
  }

  /**
   * Saves the draft and sends it to Stripe.
   *
   * @throws RuleViolation 404 {@code dispute-not-found}; 409 {@code dispute-closed}, {@code
   *     already-submitted}, {@code no-response-allowed}, {@code in-progress} or {@code
   *     evidence-refused}; 400 {@code idempotency-key-required} and for the evidence itself; 503
   *     {@code stripe-unavailable}
   */
  public void handle(Command command) {
    if (command.submit() && !command.isRepeatable()) {
      throw CommonProblem.IDEMPOTENCY_KEY_REQUIRED.violation();
    }
    Sending sending = transaction.execute(_ -> begin(command).orElse(null));
    if (sending == null) {
      return;
    }
    Dispute dispute = sending.dispute();
    answers.answer(
        dispute,
        command.intentId(),
        Dispute::requireAnswerable,
        BillingProblem.EVIDENCE_REFUSED,
        () ->
            stripe.giveEvidence(
                new EvidenceRequest(
                    dispute.stripeId(),
                    sending.evidence(),
                    command.submit(),
                    "dispute-evidence:" + dispute.id() + ":" + command.intentId())));
  }

  private Optional<Sending> begin(Command command) {
    Dispute dispute = answers.lock(command.caller(), command.disputeId());
    if (answers.isDone(dispute, command.intentId())) {
      return Optional.empty();
    }
    dispute.requireAnswerable();
    EvidenceDraft draft =
        drafts
            .of(dispute.id())
            .with(command.texts(), command.fileIds(), drafts.files(dispute.id()));
    if (command.submit() && draft.isEmpty()) {
      throw FieldProblem.REQUIRED.on("fields");
    }
    answers.claim(
        dispute.id(),
        command.intentId(),
        command.submit() ? "dispute.evidence-submitted" : "dispute.evidence-drafted");
    drafts.save(dispute.id(), draft);
    return Optional.of(new Sending(dispute, draft.toStripe()));
  }
}
