package io.cpdevents.billing.finance;

import io.cpdevents.billing.ledger.JournalKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;

/**
 * A journal of the ledger.
 *
 * @param businessId what it is about, unique with its kind
 */
public record JournalView(
    UUID id, JournalKind kind, String businessId, Instant occurredAt, List<PostingView> postings) {

  /**
   * What a journal does to an account.
   *
   * @param account for example {@code stripe} or {@code organization:<id>}
   * @param amountMinor in the currency's smallest unit, debit positive
   */
  @Schema(name = "Posting")
  public record PostingView(String account, Currency currency, long amountMinor) {}
}
