package io.cpdevents.billing.ledger;

import io.cpdevents.platform.foureyes.Proposal;
import io.cpdevents.platform.foureyes.ProposalStatus;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about resolutions that people propose and decide. */
@Component
class BreakResolutions {

  private final JdbcClient jdbc;

  BreakResolutions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Adds a proposal; false when another one of the break waits, or this one was added before. */
  boolean insert(ProposeResolution.Command proposal, Money amount, Instant now) {
    return jdbc.sql(
                """
                INSERT INTO break_resolution (
                    id, break_id, account, currency, amount_minor, reason, proposed_by, proposed_at,
                    status)
                VALUES (
                    :id, :breakId, :account, :currency, :amount, :reason, :proposedBy, :now,
                    :status)
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
            .param("status", Parameters.constant(ProposalStatus.PROPOSED))
            .update()
        == 1;
  }

  /** Whether this proposal was added to this break. */
  boolean has(UUID id, UUID breakId) {
    return jdbc.sql(
            """
            SELECT EXISTS (SELECT FROM break_resolution WHERE id = :id AND break_id = :breakId)
            """)
        .param("id", id)
        .param("breakId", breakId)
        .query(Boolean.class)
        .single();
  }

  /** The proposals of these breaks that wait: one of each at most. */
  List<BreakResolution> waiting(Collection<UUID> breakIds) {
    return jdbc.sql(
            """
            SELECT id, break_id, account, currency, amount_minor, proposed_by, status
            FROM break_resolution WHERE break_id = ANY (:breakIds) AND status = 'proposed'
            """)
        .param("breakIds", Parameters.uuids(breakIds, id -> id))
        .query(BreakResolutions::read)
        .list();
  }

  /**
   * Saves what has become of a proposal that waited.
   *
   * @param decidedBy null when nobody had to decide
   * @param comment why it was rejected
   */
  void save(
      Proposal proposal,
      @Nullable UUID decidedBy,
      @Nullable String comment,
      @Nullable UUID journalId,
      Instant now) {
    jdbc.sql(
            """
            UPDATE break_resolution
            SET status = :status, decided_by = :decidedBy, decided_at = :now, comment = :comment,
                journal_id = :journalId
            WHERE id = :id
            """)
        .param("id", proposal.id())
        .param("status", Parameters.constant(proposal.status()))
        .param("decidedBy", Parameters.uuid(decidedBy))
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

  private static BreakResolution read(ResultSet row, int number) throws SQLException {
    return new BreakResolution(
        new Proposal(
            Columns.uuid(row, "id"),
            Columns.uuid(row, "proposed_by"),
            Columns.constant(ProposalStatus.class, row, "status")),
        Columns.uuid(row, "break_id"),
        row.getString("account"),
        Columns.money(row, "amount_minor"));
  }
}
