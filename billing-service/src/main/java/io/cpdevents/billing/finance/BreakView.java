package io.cpdevents.billing.finance;

import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.platform.money.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What does not match, or waits for a person.
 *
 * @param stripeId the object of Stripe that it is about
 * @param happenedAt on whose day it is
 * @param ageDays whole days since it was opened
 * @param owner who has to do something
 * @param dueAt until when
 * @param allowedAccounts where a resolution may post the money; nothing when it is resolved by
 *     other means
 * @param transaction the balance transaction that it is about; null when it is about something else
 * @param resolutions what people have proposed, the latest first
 */
public record BreakView(
    UUID id,
    BreakKind kind,
    BreakStatus status,
    String stripeId,
    @Nullable UUID paymentId,
    Money amount,
    Instant happenedAt,
    Instant openedAt,
    long ageDays,
    BreakKind.Owner owner,
    Instant dueAt,
    String suggestedAction,
    List<String> allowedAccounts,
    @Nullable Transaction transaction,
    List<Resolution> resolutions,
    @Nullable Instant resolvedAt) {

  /** What Stripe says of a balance transaction. */
  @Schema(name = "BreakTransaction")
  public record Transaction(
      String type,
      @Nullable String source,
      Money amount,
      Money fee,
      Money net,
      Instant createdAt) {}

  /**
   * What somebody has proposed.
   *
   * @param amount what the account gets, debit positive
   * @param outcome null while it waits; {@code not-needed}: the break has resolved itself
   */
  @Schema(name = "BreakResolution")
  public record Resolution(
      UUID id,
      String account,
      Money amount,
      @Schema(example = "A fee that Stripe has given back.") String reason,
      UUID proposedBy,
      Instant proposedAt,
      @Nullable Outcome outcome,
      @Nullable UUID decidedBy,
      @Nullable Instant decidedAt,
      @Nullable String comment,
      @Nullable UUID journalId) {

    /** What became of it. */
    @Schema(name = "BreakResolutionOutcome")
    public enum Outcome {
      APPROVED,
      REJECTED,
      TAKEN_BACK,
      NOT_NEEDED
    }
  }
}
