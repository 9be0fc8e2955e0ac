package io.cpdevents.payout.statements;

import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which ledger entries a payout pays, for billing-service.
 *
 * @param carriedOver what earlier payouts had left, or had paid too much (negative)
 * @param carriedOverFrom the payout before it; null when there is none
 * @param kept what of both it does not pay: it is carried over to the next
 * @param bankPayoutId the payout at Stripe; null before there is one
 */
public record PayoutEntriesView(
    UUID id,
    UUID organizationId,
    Money amount,
    Money carriedOver,
    @Nullable UUID carriedOverFrom,
    Money kept,
    Instant requestedAt,
    @Nullable String bankPayoutId,
    List<Entry> entries) {

  /** An entry on an organization's accounts, credit positive. */
  public record Entry(
      UUID id, UUID journalId, String journalKind, @Nullable UUID paymentId, Money amount) {}
}
