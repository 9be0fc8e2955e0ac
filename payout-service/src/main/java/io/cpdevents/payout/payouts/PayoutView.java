package io.cpdevents.payout.payouts;

import io.cpdevents.payout.payouts.Payout.Hold;
import io.cpdevents.platform.money.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payout as it is shown.
 *
 * @param waitsFor why it does not go on at the moment; null when it does
 * @param arrivesOn when Stripe expects it at the bank; null until it has left
 * @param failureReason Stripe's code, or {@code account-not-ready}, {@code account-changed}, {@code
 *     account-disconnected}, {@code balance-changed}; null when it has not failed
 * @param failureRemedy what the organization can do about that; null when it has not failed
 * @param holdReason why platform finance holds it; null for all others, and when it is not held
 * @param holdNotes why platform finance has held and released it, the first one first; null for all
 *     others
 */
@Schema(name = "Payout")
public record PayoutView(
    UUID id,
    UUID organizationId,
    Status status,
    Money amount,
    @Nullable WaitsFor waitsFor,
    @Nullable Instant arrivesOn,
    @Nullable String failureReason,
    @Nullable FailureRemedy failureRemedy,
    @Nullable String holdReason,
    @Nullable List<HoldNote> holdNotes,
    Instant requestedAt,
    @Nullable Instant paidAt) {

  /** Where it stands. */
  @Schema(name = "PayoutStatus")
  public enum Status {
    REQUESTED,
    RESERVED,
    TRANSFERRED,
    IN_TRANSIT,
    /** Whether it has arrived is not known: the platform finds out. */
    UNCONFIRMED,
    PAID,
    FAILED,
    CANCELLED,
    /** Under way, and nothing of it is sent until platform finance releases it. */
    HELD;

    private static Status of(Payout payout) {
      return payout.isHeld() ? HELD : valueOf(payout.status().name());
    }
  }

  /** For the organization. */
  static PayoutView of(Payout payout) {
    return view(payout, null, null);
  }

  /** For platform finance. */
  static PayoutView forFinance(Payout payout, List<HoldNote> holdNotes) {
    Hold hold = payout.hold();
    return view(payout, hold == null || !payout.isHeld() ? null : hold.reason(), holdNotes);
  }

  private static PayoutView view(
      Payout payout, @Nullable String holdReason, @Nullable List<HoldNote> holdNotes) {
    String failureReason = payout.outcome().failureReason();
    return new PayoutView(
        payout.id(),
        payout.organizationId(),
        Status.of(payout),
        payout.amount(),
        payout.outcome().waitsFor(),
        payout.outcome().arrivesOn(),
        failureReason,
        failureReason == null ? null : FailureRemedy.of(failureReason),
        holdReason,
        holdNotes,
        payout.requestedAt(),
        payout.outcome().paidAt());
  }
}
