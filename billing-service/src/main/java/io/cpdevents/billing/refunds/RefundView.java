package io.cpdevents.billing.refunds;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.money.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refund as it is shown.
 *
 * @param reason what the person who asked for it typed; null when it was no person
 * @param requestedBy who that was; null when it was no person, and for the buyer
 * @param lines what goes back for which ticket; none of money that was paid twice
 * @param attempts at Stripe, in their order
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RefundView(
    UUID id,
    UUID paymentId,
    UUID registrationId,
    UUID organizationId,
    UUID eventId,
    RefundStatus status,
    Money amount,
    RefundCause cause,
    @Nullable String reason,
    @Nullable RequestedBy requestedBy,
    List<Line> lines,
    Instant requestedAt,
    @Nullable Instant succeededAt,
    List<Attempt> attempts) {

  /**
   * Who has asked for it by hand.
   *
   * @param role by which that person was allowed to
   */
  @Schema(name = "RefundRequestedBy")
  public record RequestedBy(UUID accountId, AskedBy.Role role) {}

  /** A ticket's part. */
  @Schema(name = "RefundLine")
  public record Line(UUID ticketId, Money amount) {}

  /**
   * One try to give the money back.
   *
   * @param attempt its number, from 1
   * @param failureReason Stripe's, for example {@code expired_or_canceled_card}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "RefundAttempt")
  public record Attempt(int attempt, AttemptStatus status, @Nullable String failureReason) {}

  /** Where an attempt stands. */
  public enum AttemptStatus {
    REQUESTED,
    PENDING,
    SUCCEEDED,
    FAILED,
    CANCELLED
  }
}
