package io.cpdevents.payout.balances;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about entries and balances. */
@Component
class Balances {

  /**
   * An entry, with the time that decides when it becomes available.
   *
   * @param settled whether a payout that has not failed pays it, or the next one nets it because
   *     its event has less than payouts have paid of it
   * @param latestEndsAt the latest end of its event; null when there is none or it is not known
   */
  record EntryWithRelease(Entry entry, boolean settled, @Nullable Instant latestEndsAt) {}

  /**
   * What an event has earned in a currency.
   *
   * @param partlyPaid whether payouts that have not failed pay some of it
   * @param unpaidMinor what they leave of it; 0 when none does
   * @param latestEndsAt null when the event is not known
   */
  record EventPart(boolean partlyPaid, long unpaidMinor, @Nullable Instant latestEndsAt) {}

  /** Of which events of an organization payouts that have not failed pay how much. */
  private static final String PAID_OF_EVENTS =
      """
      SELECT p.currency, t.event_id, sum(t.amount_minor) AS amount_minor
      FROM payout p JOIN payout_event t ON t.payout_id = p.id
      WHERE p.organization_id = :organizationId AND p.status NOT IN ('failed', 'cancelled')
      GROUP BY p.currency, t.event_id
      """;

  private final JdbcClient jdbc;

  Balances(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Adds an entry and its amount to its balance, in one statement: both or neither. The balance row
   * is locked for the rest of the transaction, so callers do nothing slow after it.
   *
   * @return false when the entry was stored before; then nothing was changed
   */
  boolean add(Entry entry) {
    Entry.References references = entry.references();
    return jdbc.sql(
                """
                WITH added AS (
                  INSERT INTO entry (id, organization_id, account, journal_id, journal_kind,
                                     amount_minor, platform_fee_minor, currency, event_id,
                                     registration_id, payment_id, refund_id, dispute_id,
                                     payout_id, occurred_at)
                  VALUES (:id, :organizationId, :account, :journalId, :journalKind, :amountMinor,
                          :platformFeeMinor, :currency, :eventId, :registrationId, :paymentId,
                          :refundId, :disputeId, :payoutId, :occurredAt)
                  ON CONFLICT (id) DO NOTHING
                  RETURNING organization_id, currency, event_id)
                INSERT INTO balance AS b (organization_id, currency, event_id, organization_minor,
                                          held_minor, in_payout_minor, paid_out_minor, entry_count)
                SELECT organization_id, currency, event_id, :organizationMinor, :heldMinor,
                       :inPayoutMinor, :paidOutMinor, 1
                FROM added
                ON CONFLICT (organization_id, currency, event_id) DO UPDATE
                SET organization_minor = b.organization_minor + excluded.organization_minor,
                    held_minor = b.held_minor + excluded.held_minor,
                    in_payout_minor = b.in_payout_minor + excluded.in_payout_minor,
                    paid_out_minor = b.paid_out_minor + excluded.paid_out_minor,
                    entry_count = b.entry_count + 1
                """)
            .param("id", entry.id())
            .param("organizationId", entry.organizationId())
            .param("account", Parameters.constant(entry.account()))
            .param("journalId", entry.journalId())
            .param("journalKind", entry.journalKind())
            .param("amountMinor", entry.amount().amountMinor())
            .param("platformFeeMinor", entry.platformFee().amountMinor())
            .param("currency", Parameters.currency(entry.amount().currency()))
            .param("eventId", Parameters.uuid(references.eventId()))
            .param("registrationId", Parameters.uuid(references.registrationId()))
            .param("paymentId", Parameters.uuid(references.paymentId()))
            .param("refundId", Parameters.uuid(references.refundId()))
            .param("disputeId", Parameters.uuid(references.disputeId()))
            .param("payoutId", Parameters.uuid(references.payoutId()))
            .param("occurredAt", Parameters.instant(entry.occurredAt()))
            .param("organizationMinor", entry.amountMinorOn(LedgerAccount.ORGANIZATION))
            .param("heldMinor", entry.amountMinorOn(LedgerAccount.HELD))
            .param("inPayoutMinor", entry.amountMinorOn(LedgerAccount.IN_PAYOUT))
            .param("paidOutMinor", entry.paidOutMinor())
            .update()
        == 1;
  }

  /** Whether the stored entry of this id has the same organization, event, account and amount. */
  boolean matchesStored(Entry entry) {
    return jdbc.sql(
            """
            SELECT count(*) = 1 FROM entry
            WHERE id = :id AND organization_id = :organizationId
              AND event_id IS NOT DISTINCT FROM :eventId
              AND account = :account AND amount_minor = :amountMinor AND currency = :currency
            """)
        .param("id", entry.id())
        .param("organizationId", entry.organizationId())
        .param("eventId", Parameters.uuid(entry.references().eventId()))
        .param("account", Parameters.constant(entry.account()))
        .param("amountMinor", entry.amount().amountMinor())
        .param("currency", Parameters.currency(entry.amount().currency()))
        .query(Boolean.class)
        .single();
  }

  /**
   * An organization's balances, one for each currency that it ever had an entry in, ordered by
   * currency. What a payout pays stays released, also when its event is moved or the release time
   * is made longer afterwards, and what is taken back of that is netted at once.
   *
   * @param releaseTime how long after an event's end its earnings become available
   */
  List<Balance> of(UUID organizationId, Duration releaseTime, Instant now) {
    return jdbc.sql(
            """
            SELECT currency,
                   sum(waiting_minor) AS pending_minor,
                   sum(organization_minor - waiting_minor) AS available_minor,
                   sum(held_minor) AS reserved_minor,
                   sum(in_payout_minor) AS in_transit_minor,
                   sum(paid_out_minor) AS paid_out_minor,
                   (SELECT coalesce(sum(l.amount_minor), 0)
                    FROM left_money l
                    WHERE l.organization_id = :organizationId AND l.amount_minor > 0
                      AND l.currency = parts_and_next_end.currency
                      AND NOT EXISTS (SELECT FROM payout_account a
                                      WHERE a.stripe_id = l.account_id
                                        AND a.status <> 'disconnected')) AS withheld_minor,
                   next_end,
                   sum(waiting_minor) FILTER (WHERE latest_ends_at = next_end) AS next_minor
            FROM (SELECT *, min(latest_ends_at) FILTER (WHERE waiting_minor <> 0)
                              OVER (PARTITION BY currency) AS next_end
                  FROM (SELECT b.*, e.latest_ends_at,
                               CASE WHEN b.event_id IS NULL OR e.latest_ends_at <= :endedBefore THEN 0
                                    WHEN t.event_id IS NULL THEN b.organization_minor
                                    ELSE greatest(0, b.organization_minor - t.amount_minor)
                               END AS waiting_minor
                        FROM balance b
                        LEFT JOIN event e ON e.id = b.event_id
                        LEFT JOIN (%s) AS t
                          ON t.currency = b.currency AND t.event_id = b.event_id
                        WHERE b.organization_id = :organizationId) AS parts) AS parts_and_next_end
            GROUP BY currency, next_end
            ORDER BY currency
            """
                .formatted(PAID_OF_EVENTS))
        .param("organizationId", organizationId)
        .param("endedBefore", Parameters.instant(now.minus(releaseTime)))
        .query((row, _) -> toBalance(row, releaseTime))
        .list();
  }

  /** What an organization's event has earned in a currency, and when that is released. */
  EventPart eventPart(UUID organizationId, Currency currency, UUID eventId) {
    return jdbc.sql(
            """
            SELECT e.latest_ends_at, paid.amount_minor IS NOT NULL AS partly_paid,
                   greatest(0, coalesce(b.organization_minor, 0) - paid.amount_minor)::bigint
                     AS unpaid_minor
            FROM (SELECT CAST(:eventId AS uuid) AS id) AS asked
            LEFT JOIN event e ON e.id = asked.id AND e.organization_id = :organizationId
            LEFT JOIN balance b ON b.organization_id = :organizationId
              AND b.currency = :currency AND b.event_id = asked.id
            LEFT JOIN (%s) AS paid ON paid.currency = :currency AND paid.event_id = asked.id
            """
                .formatted(PAID_OF_EVENTS))
        .param("organizationId", organizationId)
        .param("currency", Parameters.currency(currency))
        .param("eventId", eventId)
        .query((row, _) ->
            new EventPart(
                row.getBoolean("partly_paid"),
                row.getLong("unpaid_minor"),
                Columns.instantOrNull(row, "latest_ends_at")))
        .single();
  }

  /** All that these organizations have, in each currency. */
  List<BalanceSum> sumsOf(List<UUID> organizationIds) {
    return jdbc.sql(
            """
            SELECT organization_id, currency,
                   sum(organization_minor + held_minor + in_payout_minor)::bigint AS amount_minor
            FROM balance WHERE organization_id = ANY (:organizationIds)
            GROUP BY organization_id, currency
            """)
        .param("organizationIds", Parameters.uuids(organizationIds, id -> id))
        .query((row, _) ->
            new BalanceSum(
                Columns.uuid(row, "organization_id"), Columns.money(row, "amount_minor")))
        .list();
  }

  /**
   * An organization's entries, newest first; one more than the page shows, so that its reader knows
   * whether more follow.
   *
   * @param currency null: in all currencies
   */
  List<EntryWithRelease> entriesOf(
      UUID organizationId, @Nullable Currency currency, PageRequest request) {
    KeysetPage page = KeysetPage.descending("n.occurred_at", "n.id", request);
    return jdbc.sql(
            """
            SELECT n.*, e.latest_ends_at,
                   coalesce(b.organization_minor < paid.amount_minor, false)
                   OR EXISTS (SELECT FROM payout_entry t JOIN payout p ON p.id = t.payout_id
                              WHERE t.entry_id = n.id
                                AND p.status NOT IN ('failed', 'cancelled')) AS settled
            FROM entry n LEFT JOIN event e ON e.id = n.event_id
            LEFT JOIN balance b ON b.organization_id = n.organization_id
              AND b.currency = n.currency AND b.event_id = n.event_id
            LEFT JOIN (%s) AS paid ON paid.currency = n.currency AND paid.event_id = n.event_id
            WHERE n.organization_id = :organizationId
              AND (CAST(:currency AS text) IS NULL OR n.currency = :currency)
            """
                    .formatted(PAID_OF_EVENTS)
                + page.condition()
                + page.orderAndLimit())
        .param("organizationId", organizationId)
        .param("currency", Parameters.text(currency == null ? null : Parameters.currency(currency)))
        .params(page.parameters())
        .query((row, _) ->
            new EntryWithRelease(
                entry(row),
                row.getBoolean("settled"),
                Columns.instantOrNull(row, "latest_ends_at")))
        .list();
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "organization_id"),
        Columns.constant(LedgerAccount.class, row, "account"),
        Columns.uuid(row, "journal_id"),
        row.getString("journal_kind"),
        Columns.money(row, "amount_minor"),
        Columns.money(row, "platform_fee_minor"),
        new Entry.References(
            Columns.uuidOrNull(row, "event_id"),
            Columns.uuidOrNull(row, "registration_id"),
            Columns.uuidOrNull(row, "payment_id"),
            Columns.uuidOrNull(row, "refund_id"),
            Columns.uuidOrNull(row, "dispute_id"),
            Columns.uuidOrNull(row, "payout_id")),
        Columns.instant(row, "occurred_at"));
  }

  private static Balance toBalance(ResultSet row, Duration releaseTime) throws SQLException {
    Currency currency = Columns.currency(row, "currency");
    Instant nextEnd = Columns.instantOrNull(row, "next_end");
    return new Balance(
        new Money(row.getLong("pending_minor"), currency),
        new Money(row.getLong("available_minor"), currency),
        new Money(row.getLong("reserved_minor"), currency),
        new Money(row.getLong("in_transit_minor"), currency),
        new Money(row.getLong("paid_out_minor"), currency),
        new Money(row.getLong("withheld_minor"), currency),
        nextEnd == null
            ? null
            : new Balance.Release(
                nextEnd.plus(releaseTime), new Money(row.getLong("next_minor"), currency)));
  }
}
