package io.cpdevents.billing.ledger;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about resolutions that people propose and decide. */
@Component
class BreakResolutions {

  /** A proposal that waits for a second person. */
  record Waiting(UUID id, String account, Money amount, UUID proposedBy) {}

  private final JdbcClient jdbc;

  BreakResolutions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds a proposal; false when another one of the break waits, or this one was added before. */
  boolean insert(ProposeResolution.Command proposal, Money amount, Instant now) {
    return jdbc.sql(
                """
                INSERT INTO break_resolution (
                    id, break_id, account, currency, amount_minor, reason, proposed_by, proposed_at)
                VALUES (:id, :breakId, :account, :currency, :amount, :reason, :proposedBy, :now)
                ON CONFLICT DO NOTHING
                """)
            .param("id", proposal.resolutionId())
            .param("breakId", proposal.breakId())
            .param("account", proposal.account())
            .param("currency", Parameters.currency(amount.currency()))
            .param("amount", amount.amountMinor())
            .param("reason", proposal.reason())
            .param("proposedBy", proposal.proposerId())
            .param("now", Parameters.instant(now))
            .update()
        == 1;
  }

  /** Whether this proposal was added to this break. */
  boolean isThere(UUID id, UUID breakId) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM break_resolution WHERE id = :id AND break_id = :breakId)
            """)
        .param("id", id)
        .param("breakId", breakId)
        .query(Boolean.class)
        .single();
  }

  /** The proposal of a break that waits. */
  Optional<Waiting> waiting(UUID breakId) {
    return jdbc.sql(
            """
            SELECT id, account, currency, amount_minor, proposed_by
            FROM break_resolution WHERE break_id = :breakId AND outcome IS NULL
            """)
        .param("breakId", breakId)
        .query((row, _) ->
            new Waiting(
                Columns.uuid(row, "id"),
                row.getString("account"),
                Columns.money(row, "amount_minor"),
                Columns.uuid(row, "proposed_by")))
        .optional();
  }

  /** Saves what was decided about a proposal that waits. */
  void decide(
      UUID id,
      DecideResolution.Decision decision,
      UUID decidedBy,
      @Nullable String comment,
      @Nullable UUID journalId,
      Instant now) {
    jdbc.sql(
            """
            UPDATE break_resolution
            SET outcome = :outcome, decided_by = :decidedBy, decided_at = :now, comment = :comment,
                journal_id = :journalId
            WHERE id = :id AND outcome IS NULL
            """)
        .param("id", id)
        .param("outcome", Parameters.constant(decision))
        .param("decidedBy", decidedBy)
        .param("comment", Parameters.text(comment))
        .param("journalId", Parameters.uuid(journalId))
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Whether the ledger knows an organization. */
  boolean isKnown(UUID organizationId) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM account_balance WHERE account = :account)")
        .param("account", LedgerAccount.organization(organizationId).name())
        .query(Boolean.class)
        .single();
  }
}
