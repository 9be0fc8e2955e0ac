package io.cpdevents.billing.finance;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of the ledger as accountants get it. Journal and line together never change and never come
 * again for something else.
 *
 * @param line its number in the journal
 * @param occurredAt when what the journal records happened
 * @param recordedAt when it was booked
 * @param amountMinor debit positive
 * @param counterparts the accounts on the other side of the journal, in this currency
 * @param organizationId whose it is, by its accounts, its payment or its invoice
 * @param stripeIds what it is about at Stripe: balance transaction, its source, payment intent,
 *     charge, refunds, dispute, invoice
 */
public record ExportedLine(
    UUID journalId,
    int line,
    String kind,
    String businessId,
    Instant occurredAt,
    Instant recordedAt,
    @Nullable UUID paymentId,
    @Nullable UUID refundId,
    @Nullable UUID disputeId,
    @Nullable UUID payoutId,
    String account,
    String currency,
    long amountMinor,
    String counterparts,
    String organizationId,
    String stripeIds) {}
