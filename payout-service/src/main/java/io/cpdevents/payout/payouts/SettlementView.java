package io.cpdevents.payout.payouts;

import io.cpdevents.platform.money.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people decide about a payout that Stripe cannot be asked about.
 *
 * @param amount that of the payout, or what payouts have left on its account
 * @param decidedBy null while it waits for a second person
 */
@Schema(name = "PayoutSettlement")
public record SettlementView(
    UUID id,
    UUID payoutId,
    SettlementOutcome outcome,
    Money amount,
    @Schema(example = "The owner has told us by telephone.") String reason,
    UUID proposedBy,
    Instant proposedAt,
    @Nullable UUID decidedBy,
    @Nullable Instant decidedAt) {}
