package io.cpdevents.billing.payments;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.money.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment as it is shown.
 *
 * @param captured what arrived
 * @param refunded what has gone back
 * @param disputed what open and lost disputes have taken
 * @param refundable what could still go back: captured, less all that is owed back, has gone back
 *     or is disputed
 * @param platformFee out of the organization's proceeds; not shown to the buyer
 * @param fraudWarnings what the card's bank suspects; not shown to the buyer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PaymentView(
    UUID id,
    UUID registrationId,
    UUID accountId,
    UUID organizationId,
    UUID eventId,
    String eventTitle,
    PaymentStatus status,
    Money amount,
    Money captured,
    Money refunded,
    Money disputed,
    Money refundable,
    @Nullable Money platformFee,
    Instant holdExpiresAt,
    Instant createdAt,
    @Nullable Instant capturedAt,
    @Nullable Instant cancelledAt,
    List<Line> lines,
    List<Refund> refunds,
    @Nullable List<FraudWarning> fraudWarnings) {

  /** A ticket's part. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "PaymentLine")
  public record Line(
      UUID ticketId, String ticketTypeName, Money total, @Nullable Money platformFee) {}

  /** Money that went or goes back. */
  @Schema(name = "PaymentRefund")
  public record Refund(
      UUID id, RefundStatus status, Money amount, RefundCause cause, Instant requestedAt) {

    /** Where it stands: the states of refunds, which are a feature that stands on this one. */
    public enum RefundStatus {
      REQUESTED,
      PENDING,
      SUCCEEDED,
      FAILED,
      CANCELLED
    }
  }

  /**
   * The card's bank suspects fraud.
   *
   * @param fraudType Stripe's, for example {@code unauthorized_use_of_card}
   * @param refundId by which all of the payment goes back because of it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record FraudWarning(String fraudType, Instant receivedAt, @Nullable UUID refundId) {}
}
