package io.cpdevents.billing.reconciliation;

import io.cpdevents.billing.ledger.BreakKind;
import io.cpdevents.billing.ledger.OpenBreak;
import io.cpdevents.billing.stripe.StripeBalanceTransaction;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about organizations' own accounts at Stripe and their balances. */
@Component
class ConnectedAccounts {

  /** An account through which an organization is or was paid. */
  record ConnectedAccount(String id, UUID organizationId) {}

  /** What has moved on an organization's account and no journal has. */
  record Unmatched(UUID organizationId, Money amount) {}

  /** What Stripe and the ledger had in one currency. */
  record Comparison(Money stripe, Money ledger) {}

  private static final int MAX_BREAKS = 1_000;

  private final JdbcClient jdbc;

  ConnectedAccounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(String id, UUID organizationId) {
    jdbc.sql(
            """
            INSERT INTO connected_account (stripe_account_id, organization_id)
            VALUES (:id, :organization) ON CONFLICT (stripe_account_id) DO NOTHING
            """)
        .param("id", id)
        .param("organization", organizationId)
        .update();
  }

  /** Remembers through which account a payout goes. */
  void insertPayout(UUID payoutId, String stripeAccountId) {
    jdbc.sql(
            """
            INSERT INTO connected_payout (payout_id, stripe_account_id)
            VALUES (:payoutId, :account) ON CONFLICT (payout_id) DO NOTHING
            """)
        .param("payoutId", payoutId)
        .param("account", stripeAccountId)
        .update();
  }

  /** The accounts of the next organizations in the order of their ids, all of each together. */
  List<ConnectedAccount> after(UUID organizationId, int organizations) {
    return jdbc.sql(
            """
            SELECT stripe_account_id, organization_id FROM connected_account
            WHERE organization_id IN (
                SELECT DISTINCT organization_id FROM connected_account
                WHERE organization_id > :after ORDER BY organization_id LIMIT :organizations)
            ORDER BY organization_id, stripe_account_id
            """)
        .param("after", organizationId)
        .param("organizations", organizations)
        .query((row, _) ->
            new ConnectedAccount(
                row.getString("stripe_account_id"), Columns.uuid(row, "organization_id")))
        .list();
  }

  /** Keeps whether Stripe still says something of an account. */
  void keepConnection(String id, boolean connected, Instant now) {
    jdbc.sql(
            """
            UPDATE connected_account SET disconnected_at = CASE WHEN :connected THEN NULL ELSE :now END
            WHERE stripe_account_id = :id AND (disconnected_at IS NULL) <> :connected
            """)
        .param("id", id)
        .param("connected", connected)
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Takes over what Stripe lists of an account. */
  void mirror(String id, List<StripeBalanceTransaction> listed, Instant now) {
    jdbc.sql(
            """
            INSERT INTO connected_transaction AS mirrored (
                id, stripe_account_id, type, source, currency, amount_minor, fee_minor, net_minor,
                created_at, mirrored_at)
            SELECT id, :account, type, source, currency, amount, fee, net, created_at::timestamptz, :now
            FROM unnest(:ids, :types, :sources, :currencies, :amounts, :fees, :nets, :createdAts)
                AS l (id, type, source, currency, amount, fee, net, created_at)
            ON CONFLICT (id) DO UPDATE
            SET type = excluded.type, source = excluded.source, currency = excluded.currency,
                amount_minor = excluded.amount_minor, fee_minor = excluded.fee_minor,
                net_minor = excluded.net_minor
            WHERE (mirrored.type, mirrored.source, mirrored.currency, mirrored.amount_minor,
                   mirrored.fee_minor, mirrored.net_minor)
                IS DISTINCT FROM (excluded.type, excluded.source, excluded.currency,
                                  excluded.amount_minor, excluded.fee_minor, excluded.net_minor)
            """)
        .param("account", id)
        .param("now", Parameters.instant(now))
        .param("ids", Parameters.texts(listed, StripeBalanceTransaction::id))
        .param("types", Parameters.texts(listed, StripeBalanceTransaction::type))
        .param("sources", Parameters.texts(listed, StripeBalanceTransaction::source))
        .param("currencies", Parameters.texts(listed, StripeBalanceTransaction::currency))
        .param("amounts", Parameters.bigints(listed, StripeBalanceTransaction::amountMinor))
        .param("fees", Parameters.bigints(listed, StripeBalanceTransaction::feeMinor))
        .param("nets", Parameters.bigints(listed, StripeBalanceTransaction::netMinor))
        .param("createdAts", Parameters.instants(listed, StripeBalanceTransaction::createdAt))
        .update();
  }

  /**
   * What an organization's Stripe accounts have by the ledger, in each currency, without what
   * payouts have moved on those that are not connected any more.
   */
  List<Money> ledgersBalance(UUID organizationId) {
    return jdbc.sql(
            """
            SELECT currency, sum(amount_minor)::bigint AS amount_minor
            FROM (
              SELECT currency, amount_minor FROM account_balance WHERE account = :account
              UNION ALL
              SELECT posting.currency, -posting.amount_minor
              FROM connected_account
              JOIN connected_payout USING (stripe_account_id)
              JOIN journal ON journal.payout_id = connected_payout.payout_id
              JOIN posting ON posting.journal_id = journal.id AND posting.account = :account
              WHERE organization_id = :organization AND disconnected_at IS NOT NULL) AS moved
            GROUP BY currency
            """)
        .param("account", "connected:" + organizationId)
        .param("organization", organizationId)
        .query((row, _) -> Columns.money(row, "amount_minor"))
        .list();
  }

  /** Keeps a comparison, and since when it differs by the same amount. */
  void keep(UUID organizationId, Comparison comparison, Instant at, Instant now) {
    jdbc.sql(
            """
            INSERT INTO connected_balance AS kept (
                organization_id, currency, stripe_minor, ledger_minor, checked_at, same_since)
            VALUES (:organization, :currency, :stripe, :ledger, :at, :now)
            ON CONFLICT (organization_id, currency) DO UPDATE
            SET stripe_minor = :stripe, ledger_minor = :ledger, checked_at = :at,
                same_since = CASE
                    WHEN kept.stripe_minor - kept.ledger_minor = :stripe - :ledger
                    THEN kept.same_since ELSE :now END
            """)
        .param("organization", organizationId)
        .param("currency", Parameters.currency(comparison.stripe().currency()))
        .param("stripe", comparison.stripe().amountMinor())
        .param("ledger", comparison.ledger().amountMinor())
        .param("at", Parameters.instant(at))
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Balances that differ by the same amount since this time or longer. */
  List<OpenBreak.Command> differingSince(Instant time) {
    return jdbc.sql(
            """
            SELECT 'connected:' || organization_id || ':' || currency AS about, currency,
                   stripe_minor - ledger_minor AS amount_minor, checked_at AS at
            FROM connected_balance WHERE stripe_minor <> ledger_minor AND same_since <= :time
            ORDER BY same_since LIMIT :rows
            """)
        .param("time", Parameters.instant(time))
        .param("rows", MAX_BREAKS)
        .query((row, _) ->
            new OpenBreak.Command(
                BreakKind.CONNECTED_BALANCE_DIFFERS,
                row.getString("about"),
                null,
                Columns.money(row, "amount_minor"),
                Columns.instant(row, "at")))
        .list();
  }

  /**
   * Movements that were mirrored before this (system) time and have no journal that moves {@code
   * connected} as they do, and such journals that Stripe's list lacks.
   */
  List<OpenBreak.Command> notMatched(Instant before) {
    return jdbc.sql(
            """
            SELECT id AS about, currency, net_minor - booked_minor AS amount_minor, created_at AS at
            FROM connected_movement
            WHERE net_minor <> booked_minor AND mirrored_at < :before
            ORDER BY created_at LIMIT :rows
            """)
        .param("before", Parameters.instant(before))
        .param("rows", MAX_BREAKS)
        .query((row, _) ->
            new OpenBreak.Command(
                BreakKind.CONNECTED_NOT_MATCHED,
                row.getString("about"),
                null,
                Columns.money(row, "amount_minor"),
                Columns.instant(row, "at")))
        .list();
  }

  /** What a movement has moved that no journal has; empty when there is nothing. */
  Optional<Unmatched> notMatched(String id) {
    return jdbc.sql(
            """
            SELECT organization_id, currency, net_minor - booked_minor AS amount_minor
            FROM connected_movement WHERE id = :id AND net_minor <> booked_minor
            """)
        .param("id", id)
        .query((row, _) ->
            new Unmatched(Columns.uuid(row, "organization_id"), Columns.money(row, "amount_minor")))
        .optional();
  }
}
