package io.cpdevents.billing.disputes;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeApi.FileRequest;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** An organization uploads a file that it wants to use as evidence. Its content goes to Stripe. */
@Component
public class UploadEvidence {

  /**
   * A file.
   *
   * @param fileId the file's id, the same for every repetition of the request
   * @param purpose the name of an {@link EvidencePurpose}
   */
  public record Command(
      Caller caller, UUID disputeId, UUID fileId, String purpose, byte[] content) {}

  /** The largest file that banks take. */
  public static final int MAX_FILE_BYTES = 5 * 1024 * 1024;

  private static final int MAX_DISPUTE_FILES = 50;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final DisputeAnswers answers;
  private final EvidenceDrafts drafts;
  private final StripeApi stripe;
  private final TransactionTemplate transaction;
  private final Clock clock;

  UploadEvidence(
      DisputeAnswers answers,
      EvidenceDrafts drafts,
      StripeApi stripe,
      TransactionTemplate transaction,
      Clock clock) {
    this.answers = answers;
    this.drafts = drafts;
    this.stripe = stripe;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Uploads it.
   *
   * @throws RuleViolation 400 for another purpose and for a file that is empty, too large or of a
   *     type that banks do not take; 404 {@code dispute-not-found}; 409 {@code dispute-closed},
   *     {@code already-submitted}, {@code no-response-allowed}, {@code too-many-files} or {@code
   *     file-refused}; 503 {@code stripe-unavailable}
   */
  public void handle(Command command) {
    List<FieldError> faults = new ArrayList<>();
    Optional<EvidencePurpose> named = EvidencePurpose.named(command.purpose());
    Optional<EvidenceFileType> type = type(command.content(), faults);
    if (named.isEmpty()) {
      faults.add(FieldProblem.WRONG_TYPE.at("purpose", EvidencePurpose.names()));
    }
    if (!faults.isEmpty()) {
      throw CommonProblem.INVALID_REQUEST.violation(faults);
    }
    transaction.executeWithoutResult(_ -> requireUploadable(command));
    EvidencePurpose purpose = named.orElseThrow();
    String stripeFileId = upload(command, purpose.fileName(type.orElseThrow()));
    transaction.executeWithoutResult(_ -> {
      if (drafts.insert(
          command.disputeId(),
          new EvidenceDraft.File(command.fileId(), purpose, stripeFileId, command.content().length),
          command.caller().accountId(),
          clock.instant())) {
        answers.record(command.disputeId(), "dispute.file-uploaded");
      }
    });
  }

  private void requireUploadable(Command command) {
    Dispute dispute = answers.lock(command.caller(), command.disputeId());
    dispute.requireAnswerable();
    if (drafts.files(dispute.id()).size() >= MAX_DISPUTE_FILES) {
      throw BillingProblem.TOO_MANY_FILES.violation(
          "A dispute has at most %d files.".formatted(MAX_DISPUTE_FILES));
    }
  }

  private static Optional<EvidenceFileType> type(byte[] content, List<FieldError> faults) {
    Optional<EvidenceFileType> type = EvidenceFileType.of(content);
    if (content.length == 0) {
      faults.add(FieldProblem.REQUIRED.at("file"));
    } else if (content.length > MAX_FILE_BYTES) {
      faults.add(FieldProblem.TOO_LARGE.at("file"));
    } else if (type.isEmpty()) {
      faults.add(FieldProblem.WRONG_FORMAT.at("file"));
    }
    return type;
  }

  private String upload(Command command, String name) {
    try {
      return Objects.requireNonNull(
          stripe.uploadEvidence(
              new FileRequest(name, command.content(), "dispute-file:" + command.fileId())));
    } catch (StripeRefused refused) {
      throw BillingProblem.FILE_REFUSED.violation(
          "Stripe does not take this file: %s.".formatted(refused.code()));
    } catch (StripeUnavailable unavailable) {
      throw CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
    }
  }
}
