package io.cpdevents.billing.ledger;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about breaks. */
@Component
class Breaks {

  /**
   * A charge or a refund in its own currency.
   *
   * @param refundId null for a charge
   * @param amount positive: Stripe has got it
   */
  record Converted(@Nullable UUID refundId, Money amount) {}

  private final JdbcClient jdbc;

  Breaks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Opens a break, or opens it again; false when one of this kind about this object of Stripe is
   * open already.
   */
  boolean insert(OpenBreak.Command found, Instant now) {
    return jdbc.sql(
                """
                INSERT INTO ledger_break (
                    id, kind, stripe_id, payment_id, happened_at, currency, amount_minor,
                    suggested_action, opened_at, due_at)
                VALUES (
                    :id, :kind, :stripeId, :paymentId, :happenedAt, :currency, :amount,
                    :suggestedAction, :now, :dueAt)
                ON CONFLICT (kind, stripe_id) DO UPDATE
                SET amount_minor = excluded.amount_minor, currency = excluded.currency,
                    happened_at = excluded.happened_at, opened_at = excluded.opened_at,
                    due_at = excluded.due_at,
                    resolved_at = NULL
                WHERE ledger_break.resolved_at IS NOT NULL
                """)
            .param("id", Ids.next())
            .param("kind", Parameters.constant(found.kind()))
            .param("stripeId", found.stripeId())
            .param("paymentId", Parameters.uuid(found.paymentId()))
            .param(
                "happenedAt",
                Parameters.instant(found.happenedAt() == null ? now : found.happenedAt()))
            .param("currency", Parameters.currency(found.amount().currency()))
            .param("amount", found.amount().amountMinor())
            .param("suggestedAction", found.kind().suggestedAction())
            .param("now", Parameters.instant(now))
            .param("dueAt", Parameters.instant(now.plus(found.kind().timeToAct())))
            .update()
        == 1;
  }

  /** Corrects what an open break is about. */
  void correct(BreakKind kind, String stripeId, Money amount) {
    jdbc.sql(
            """
            UPDATE ledger_break SET amount_minor = :amount, currency = :currency
            WHERE kind = :kind AND stripe_id = :stripeId AND resolved_at IS NULL
            AND (amount_minor, currency) <> (:amount, :currency)
            """)
        .param("kind", Parameters.constant(kind))
        .param("stripeId", stripeId)
        .param("currency", Parameters.currency(amount.currency()))
        .param("amount", amount.amountMinor())
        .update();
  }

  /** A break. */
  Optional<Break> find(UUID id) {
    return find(id, "");
  }

  /** Locks a break. */
  Optional<Break> lock(UUID id) {
    return find(id, " FOR UPDATE");
  }

  private Optional<Break> find(UUID id, String lock) {
    return jdbc.sql(
            """
            SELECT id, kind, stripe_id, payment_id, currency, resolved_at
            FROM ledger_break WHERE id = :id
            """
                + lock)
        .param("id", id)
        .query((row, _) ->
            new Break(
                Columns.uuid(row, "id"),
                Columns.constant(BreakKind.class, row, "kind"),
                row.getString("stripe_id"),
                Columns.uuidOrNull(row, "payment_id"),
                Columns.currency(row, "currency"),
                row.getString("resolved_at") != null))
        .optional();
  }

  /** Locks the breaks of these kinds about these objects of Stripe. */
  void lockAbout(Collection<BreakKind> kinds, Collection<String> stripeIds) {
    jdbc.sql(
            """
            SELECT id FROM ledger_break
            WHERE kind = ANY (:kinds) AND stripe_id = ANY (:stripeIds) ORDER BY id FOR UPDATE
            """)
        .param("kinds", Parameters.constants(kinds, kind -> kind))
        .param("stripeIds", Parameters.texts(stripeIds, id -> id))
        .query((row, _) -> Columns.uuid(row, "id"))
        .list();
  }

  /** Of which kinds are those of them whose money people have posted. */
  List<BreakKind> posted(Collection<BreakKind> kinds, Collection<String> stripeIds) {
    return jdbc.sql(
            """
            SELECT DISTINCT kind
            FROM ledger_break JOIN break_resolution ON break_id = ledger_break.id
            WHERE kind = ANY (:kinds) AND stripe_id = ANY (:stripeIds) AND status = 'approved'
            """)
        .param("kinds", Parameters.constants(kinds, kind -> kind))
        .param("stripeIds", Parameters.texts(stripeIds, id -> id))
        .query((row, _) -> Columns.constant(BreakKind.class, row, "kind"))
        .list();
  }

  /** Whether one of them is open. */
  boolean isOpen(Collection<BreakKind> kinds, Collection<String> stripeIds) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM ledger_break
                WHERE kind = ANY (:kinds) AND stripe_id = ANY (:stripeIds) AND resolved_at IS NULL)
            """)
        .param("kinds", Parameters.constants(kinds, kind -> kind))
        .param("stripeIds", Parameters.texts(stripeIds, id -> id))
        .query(Boolean.class)
        .single();
  }

  /**
   * Whether a break is about what a dispute has moved of a charge that its payment did not want: in
   * the charge's currency, or while the bank has not decided.
   */
  boolean liesAgainstCharge(Break about) {
    return jdbc.sql(
            """
            SELECT EXISTS (
                SELECT FROM balance_transaction
                JOIN charge_dispute ON stripe_dispute_id = source
                JOIN stripe_charge ON stripe_charge.id = stripe_charge_id
                WHERE balance_transaction.id = :stripeId
                    AND (undecided OR balance_transaction.currency = stripe_charge.currency))
            """)
        .param("stripeId", about.stripeId())
        .query(Boolean.class)
        .single();
  }

  /**
   * What Stripe has booked in another currency than the charge took or the refund gives, which
   * waits for a movement in its own.
   */
  Optional<Converted> converted(Break about) {
    return jdbc.sql(
            """
            SELECT refund_id, cause.currency,
                   CASE WHEN mirrored.amount_minor < 0 THEN -cause.amount_minor
                        ELSE cause.amount_minor END AS amount_minor
            FROM balance_transaction mirrored
            CROSS JOIN LATERAL (
                SELECT NULL::uuid AS refund_id, currency, amount_minor FROM stripe_charge
                WHERE stripe_charge.id = mirrored.source
                UNION ALL
                SELECT refund.id, refund.currency, refund.amount_minor
                FROM refund_attempt JOIN refund ON refund.id = refund_id
                WHERE stripe_refund_id = mirrored.source) cause
            WHERE mirrored.id = :stripeId AND cause.currency <> mirrored.currency
            """)
        .param("stripeId", about.stripeId())
        .query((row, _) ->
            new Converted(Columns.uuidOrNull(row, "refund_id"), Columns.money(row, "amount_minor")))
        .optional();
  }

  /** What of a break stands in suspense, debit positive. */
  Money inSuspense(Break about) {
    return jdbc.sql(
            """
            SELECT coalesce(sum(amount_minor), 0) FROM journal
            JOIN posting ON journal_id = journal.id AND account = 'suspense' AND currency = :currency
            WHERE (business_id = :stripeId
                   AND kind IN ('balance-transaction', 'charge-identified', 'refund-identified',
                                'dispute-identified', 'transfer-identified'))
                OR journal.id IN (
                    SELECT journal_id FROM break_resolution WHERE break_id = :id)
            """)
        .param("id", about.id())
        .param("stripeId", about.stripeId())
        .param("currency", Parameters.currency(about.currency()))
        .query((row, _) -> new Money(row.getLong(1), about.currency()))
        .single();
  }

  /** What the open ones of this kind are about. */
  List<String> openAbout(BreakKind kind) {
    return jdbc.sql("SELECT stripe_id FROM ledger_break WHERE kind = :kind AND resolved_at IS NULL")
        .param("kind", Parameters.constant(kind))
        .query((row, _) -> row.getString("stripe_id"))
        .list();
  }

  /** Resolves one that is open. */
  void resolve(UUID id, Instant now) {
    jdbc.sql("UPDATE ledger_break SET resolved_at = :now WHERE id = :id AND resolved_at IS NULL")
        .param("id", id)
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Resolves the open ones of this kind about these objects of Stripe; returns which. */
  List<UUID> resolve(BreakKind kind, Collection<String> stripeIds, Instant now) {
    return jdbc.sql(
            """
            UPDATE ledger_break SET resolved_at = :now
            WHERE kind = :kind AND stripe_id = ANY (:stripeIds) AND resolved_at IS NULL
            RETURNING id
            """)
        .param("kind", Parameters.constant(kind))
        .param("stripeIds", Parameters.texts(stripeIds, id -> id))
        .param("now", Parameters.instant(now))
        .query((row, _) -> Columns.uuid(row, "id"))
        .list();
  }
}
