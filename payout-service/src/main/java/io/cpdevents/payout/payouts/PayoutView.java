package io.cpdevents.payout.payouts;

import io.cpdevents.platform.money.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payout as it is shown.
 *
 * @param waitsFor why it does not go on at the moment: {@code platform-balance} or {@code
 *     account-balance}; null when it does
 * @param arrivesOn when Stripe expects it at the bank; null until it has left
 * @param failureReason Stripe's code, or {@code account-not-ready}, {@code account-changed}, {@code
 *     balance-changed}, {@code canceled-at-stripe}; null when it has not failed
 */
@Schema(name = "Payout")
public record PayoutView(
    UUID id,
    UUID organizationId,
    PayoutStatus status,
    Money amount,
    @Nullable String waitsFor,
    @Nullable Instant arrivesOn,
    @Nullable String failureReason,
    Instant requestedAt,
    @Nullable Instant paidAt) {

  static PayoutView of(Payout payout) {
    return new PayoutView(
        payout.id(),
        payout.organizationId(),
        payout.status(),
        payout.amount(),
        payout.outcome().waitsFor(),
        payout.outcome().arrivesOn(),
        payout.outcome().failureReason(),
        payout.requestedAt(),
        payout.outcome().paidAt());
  }
}
