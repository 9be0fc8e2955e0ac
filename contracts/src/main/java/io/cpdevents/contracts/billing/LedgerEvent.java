package io.cpdevents.contracts.billing;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the ledger tells. Keyed by journal: whoever adds up needs no order. */
public sealed interface LedgerEvent extends Event {

  UUID journalId();

  @Override
  default Topic topic() {
    return Topic.BILLING_LEDGER_ENTRIES;
  }

  @Override
  default String key() {
    return journalId().toString();
  }

  @Override
  default Map<String, String> correlation() {
    return Map.of("journalId", journalId().toString());
  }

  /**
   * A posting on one of an organization's ledger accounts.
   *
   * @param entryId unique: one for each journal, organization account and currency
   * @param journalKind the journal's kind, for example {@code payment-captured}
   * @param eventId the event whose end makes the money available; null when there is none
   * @param registrationId the registration it is about; null when it is about none
   * @param paymentId the payment it is about; null when it is about none
   * @param refundId the refund it is about; null when it is about none
   * @param disputeId the dispute it is about; null when it is about none
   * @param payoutId the payout it is about; null when it is about none
   * @param account {@code organization}, {@code held} or {@code in-payout}
   * @param amount credit positive: what the organization has more; negative: what it has less
   * @param platformFee what the platform earned (positive) or gave back (negative) by the same
   *     journal, in the same currency; null when it is not known, and on all accounts but {@code
   *     organization}
   */
  record OrganizationEntryPosted(
      UUID journalId,
      UUID entryId,
      String journalKind,
      UUID organizationId,
      @Nullable UUID eventId,
      @Nullable UUID registrationId,
      @Nullable UUID paymentId,
      @Nullable UUID refundId,
      @Nullable UUID disputeId,
      @Nullable UUID payoutId,
      String account,
      MoneyAmount amount,
      Instant occurredAt,
      @Nullable MoneyAmount platformFee)
      implements LedgerEvent {}
}
