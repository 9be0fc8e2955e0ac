package io.cpdevents.billing.finance;

import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.platform.sql.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts what must be zero in the ledger. */
@Component
class LedgerInvariantQueries {

  /** A transaction that could not be settled at once is tried again by the next passes. */
  private static final Duration SETTLING_TIME = Duration.ofMinutes(10);

  /** Stripe books a charge or a refund within seconds, when it does at all. */
  private static final Duration MAX_UNSETTLED_TIME = Duration.ofDays(1);

  /**
   * What was transferred is what lies on an organization's Stripe account, is on its way to its
   * bank, or was paid; what it earned is what it still has with the platform, was paid, or gave
   * back by refunds and disputes. So when what it has covers what lies there and is on its way,
   * more was not transferred than earned, which its five guarded balances tell; postings are added
   * up for the few organizations of which they do not, and of those whose debts people have closed:
   * that was not earned. What people have found to be an organization's was, as it stood in
   * suspense.
   */
  private static final String OVER_TRANSFERRED =
      """
      WITH suspicious AS (
          SELECT split_part(account, ':', 2) AS organization, currency FROM account_balance
          WHERE account LIKE '%:%'
          GROUP BY 1, 2 HAVING sum(amount_minor) > 0
          UNION
          SELECT split_part(account, ':', 2), posting.currency
          FROM journal JOIN posting ON journal_id = journal.id
          WHERE kind = 'break-resolved' AND account LIKE 'organization:%')
      SELECT count(*) FROM suspicious
      WHERE (SELECT coalesce(sum(amount_minor), 0)
             FROM posting JOIN journal ON journal.id = journal_id
             WHERE account = 'connected:' || organization AND posting.currency = suspicious.currency
                 AND (kind NOT IN ('connected-balance-transaction', 'break-resolved')
                     OR (kind = 'break-resolved' AND EXISTS (
                         SELECT FROM posting other
                         WHERE other.journal_id = journal.id AND other.account = 'suspense'))))
          > (SELECT coalesce(-sum(amount_minor), 0)
             FROM posting JOIN journal ON journal.id = journal_id
             WHERE account = 'organization:' || organization
                 AND posting.currency = suspicious.currency
                 AND (kind = 'payment-captured'
                     OR (kind = 'break-resolved' AND EXISTS (
                         SELECT FROM posting other
                         WHERE other.journal_id = journal.id AND other.account = 'suspense'))))
      """;

  /**
   * What is owed by a refund stands in {@code refunds} until Stripe has taken it. Looked at are
   * those that are not done, or of which Stripe's movement has not come; longer than the time
   * stands what was put there before. Nothing can go back while a bank decides, and one about which
   * people are asked is a break.
   */
  private static final String OWED_WITHOUT_TASK =
      """
      SELECT count(*) FROM refund
      WHERE requested_at < :before
          AND (status IN ('requested', 'pending', 'failed')
              OR id IN (SELECT refund_id FROM refund_attempt
                        WHERE stripe_refund_id IS NOT NULL AND NOT settled))
          AND NOT EXISTS (
              SELECT FROM payment WHERE payment.id = payment_id AND open_disputes > 0)
          AND NOT EXISTS (
              SELECT FROM charge_dispute
              WHERE charge_dispute.stripe_charge_id = refund.stripe_charge_id AND undecided)
          AND NOT EXISTS (
              SELECT FROM ledger_break
              WHERE kind = 'refund-owed' AND resolved_at IS NULL
                  AND stripe_id IN (
                      SELECT 'refund:' || refund.id
                      UNION ALL
                      SELECT stripe_refund_id FROM refund_attempt WHERE refund_id = refund.id))
          AND (SELECT sum(amount_minor) <> 0
                   AND max(recorded_at) FILTER (WHERE amount_minor < 0) < :before
               FROM journal JOIN posting ON journal_id = journal.id AND account = 'refunds'
               WHERE journal.refund_id = refund.id)
      """;

  /**
   * Money in suspense is somebody's, and an open break asks whose. What stands there is added up by
   * what it is about: a charge that no payment wanted with its refunds and disputes, else the
   * object of Stripe that has moved the balance, with what people have posted of it. What no open
   * break is about cancels out, as a charge of nobody and its refund do. Little has ever stood in
   * suspense, so all of it is added up.
   */
  private static final String NOT_ASKED_ABOUT =
      """
      WITH asked AS (
          SELECT coalesce(charge_dispute.stripe_charge_id, mirrored.source, stripe_id) AS about
          FROM ledger_break
          LEFT JOIN balance_transaction mirrored ON mirrored.id = stripe_id
          LEFT JOIN charge_dispute ON stripe_dispute_id = mirrored.source
          WHERE resolved_at IS NULL AND kind = ANY (:kinds))
      SELECT count(*) FROM (
          SELECT posting.currency
          FROM posting
          JOIN journal ON journal.id = posting.journal_id
          LEFT JOIN refund ON refund.id = journal.refund_id AND journal.kind <> 'refund-identified'
          LEFT JOIN break_resolution ON break_resolution.journal_id = journal.id
          LEFT JOIN ledger_break resolved ON resolved.id = break_id
          LEFT JOIN balance_transaction mirrored
              ON mirrored.id = coalesce(resolved.stripe_id, business_id)
          LEFT JOIN charge_dispute ON stripe_dispute_id = mirrored.source
          WHERE posting.account = 'suspense'
              AND coalesce(
                  refund.stripe_charge_id, charge_dispute.stripe_charge_id, mirrored.source,
                  resolved.stripe_id, business_id) NOT IN (SELECT about FROM asked)
          GROUP BY posting.currency HAVING sum(posting.amount_minor) <> 0) standing
      """;

  private final JdbcClient jdbc;
  private final LedgerSums sums;

  LedgerInvariantQueries(JdbcClient jdbc, LedgerSums sums) {
    this.jdbc = jdbc;
    this.sums = sums;
  }

  /**
   * Measures.
   *
   * @param now of the business clock
   * @param systemNow of the machine
   */
  LedgerInvariants measured(Instant now, Instant systemNow) {
    return new LedgerInvariants(
        count("SELECT count(*) FROM ledger_break WHERE resolved_at IS NULL"),
        jdbc.sql(
                """
                SELECT count(*) FROM ledger_break
                WHERE resolved_at IS NULL AND due_at < :now
                    AND id NOT IN (SELECT id FROM undecided_break)
                """)
            .param("now", Parameters.instant(now))
            .query(Long.class)
            .single(),
        count(
            """
            SELECT count(*) FROM (
                SELECT currency FROM folded_balance GROUP BY currency HAVING sum(amount_minor) <> 0) wrong
            """),
        count(
            """
            SELECT count(*) FROM account_balance kept FULL JOIN (
                SELECT account, currency, amount_minor FROM folded_balance
                WHERE account LIKE '%:%') folded
                USING (account, currency)
            WHERE kept.amount_minor IS DISTINCT FROM folded.amount_minor
            """),
        sums.overRefunded(),
        unmatched(systemNow.minus(SETTLING_TIME)),
        unsettled(now.minus(MAX_UNSETTLED_TIME)),
        count("SELECT count(*) FROM lasting_difference"),
        count(OVER_TRANSFERRED),
        notAskedAbout());
  }

  /** Only of open days: those of closed days matched, and their hash says that they still do. */
  private long unmatched(Instant mirroredBefore) {
    return jdbc.sql(
            """
            SELECT count(*) FROM matched_transaction
            WHERE closed_on IS NULL AND mirrored_at < :before
                AND (net_minor <> ledger_minor OR (journal_id IS NULL AND fee_minor <> 0))
            """)
        .param("before", Parameters.instant(mirroredBefore))
        .query(Long.class)
        .single();
  }

  private long unsettled(Instant before) {
    return jdbc.sql(
            """
            SELECT (SELECT count(*) FROM stripe_charge
                    WHERE balance_transaction_id IS NULL AND recorded_at < :before)
                + (%s)
            """
                .formatted(OWED_WITHOUT_TASK))
        .param("before", Parameters.instant(before))
        .query(Long.class)
        .single();
  }

  private long notAskedAbout() {
    return jdbc.sql(NOT_ASKED_ABOUT)
        .param(
            "kinds",
            Parameters.constants(
                Stream.of(BreakKind.unexplained(), BreakKind.quarantined())
                    .flatMap(Set::stream)
                    .toList(),
                kind -> kind))
        .query(Long.class)
        .single();
  }

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
