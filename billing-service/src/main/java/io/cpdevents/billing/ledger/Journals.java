package io.cpdevents.billing.ledger;

import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about journals and their postings. */
@Component
class Journals {

  private final JdbcClient jdbc;

  Journals(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds a journal with its postings and its seal, in one statement; false when its kind and
   * business id have been posted before, and then neither is added.
   */
  boolean insert(UUID id, Journal journal, Instant now) {
    List<Posting> postings = journal.postings();
    JournalReferences about = journal.about();
    return jdbc.sql(
                """
                WITH added AS (
                    INSERT INTO journal (
                        id, kind, business_id, occurred_at, recorded_at, payment_id, refund_id,
                        dispute_id, payout_id)
                    VALUES (
                        :id, :kind, :businessId, :now, :now, :paymentId, :refundId,
                        :disputeId, :payoutId)
                    ON CONFLICT (kind, business_id) DO NOTHING
                    RETURNING *),
                line AS (
                    SELECT position, account, currency, amount
                    FROM unnest(:accounts, :currencies, :amounts) WITH ORDINALITY
                        AS line (account, currency, amount, position)),
                sealed AS (
                    INSERT INTO journal_seal (
                        kind, business_id, journal_id, occurred_at, recorded_at, currency,
                        amount_minor, hash)
                    SELECT kind, business_id, id, occurred_at, recorded_at, :currency,
                           (SELECT sum(amount) FROM line WHERE amount > 0 AND currency = :currency),
                           journal_hash(
                               kind, business_id, payment_id, refund_id, dispute_id, payout_id,
                               (SELECT jsonb_agg(
                                           jsonb_build_array(position, account, currency, amount)
                                           ORDER BY position)
                                FROM line))
                    FROM added
                    ON CONFLICT (kind, business_id) DO NOTHING)
                INSERT INTO posting (journal_id, position, account, currency, amount_minor)
                SELECT added.id, line.position, line.account, line.currency, line.amount
                FROM added CROSS JOIN line
                """)
            .param("id", id)
            .param("kind", Parameters.constant(journal.kind()))
            .param("businessId", journal.businessId())
            .param("now", Parameters.instant(now))
            .param("paymentId", Parameters.uuid(about.paymentId()))
            .param("refundId", Parameters.uuid(about.refundId()))
            .param("disputeId", Parameters.uuid(about.disputeId()))
            .param("payoutId", Parameters.uuid(about.payoutId()))
            .param("currency", currency(postings.getFirst()))
            .param("accounts", Parameters.texts(postings, posting -> posting.account().name()))
            .param("currencies", Parameters.texts(postings, Journals::currency))
            .param("amounts", Parameters.bigints(postings, Journals::amountMinor))
            .update()
        > 0;
  }

  boolean exists(JournalKind kind, String businessId) {
    return jdbc.sql(
            "SELECT EXISTS (SELECT FROM journal WHERE kind = :kind AND business_id = :businessId)")
        .param("kind", Parameters.constant(kind))
        .param("businessId", businessId)
        .query(Boolean.class)
        .single();
  }

  private static String currency(Posting posting) {
    return Parameters.currency(posting.amount().currency());
  }

  private static long amountMinor(Posting posting) {
    return posting.amount().amountMinor();
  }
}
