package io.cpdevents.billing.disputes;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.text.OpenWord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dispute as it is shown: a case with its amount, its reason, until when it must be answered, how
 * it stands, and what is at stake.
 *
 * @param status Stripe's, in kebab-case, for example {@code needs-response}; new ones may come
 * @param kind {@code inquiry}: the bank asks and no money moves; {@code chargeback}: it takes money
 * @param reason Stripe's, for example {@code product_not_received}
 * @param amount what is disputed; it may differ from the payment, and be in another currency
 * @param atStake what the organization loses if it is lost; zero once it is decided
 * @param dueBy until when evidence may be submitted; null when the bank takes none
 * @param closedAt null while it is not decided
 */
public record DisputeView(
    UUID id,
    UUID paymentId,
    UUID registrationId,
    UUID eventId,
    UUID organizationId,
    @Schema(pattern = OpenWord.FORM) String status,
    Kind kind,
    @Schema(example = "product_not_received") String reason,
    Money amount,
    Money atStake,
    @Nullable Instant dueBy,
    EvidenceView evidence,
    Instant openedAt,
    @Nullable Instant closedAt) {

  /** What a dispute is. */
  public enum Kind {
    INQUIRY,
    CHARGEBACK
  }

  /**
   * What the bank is told.
   *
   * @param submittedAt null while it is a draft
   * @param fields texts by their names
   * @param fileIds the files that are used
   * @param files all that were uploaded
   */
  public record EvidenceView(
      @Nullable Instant submittedAt,
      Map<String, String> fields,
      List<UUID> fileIds,
      List<FileView> files) {}

  /** A file that was uploaded. */
  @Schema(name = "EvidenceFile")
  public record FileView(UUID id, EvidencePurpose purpose, int sizeBytes) {}
}
