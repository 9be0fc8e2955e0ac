package io.cpdevents.billing.finance;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A journal of the ledger. */
public record JournalView(
    UUID id, String kind, String businessId, Instant occurredAt, List<AccountView> postings) {}
