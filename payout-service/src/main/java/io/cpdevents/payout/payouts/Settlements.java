package io.cpdevents.payout.payouts;

import io.cpdevents.payout.payouts.Settlement.Subject;
import io.cpdevents.platform.foureyes.Proposal;
import io.cpdevents.platform.foureyes.ProposalStatus;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about what people decide about payouts. */
@Component
class Settlements {

  private final JdbcClient jdbc;

  Settlements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether this one was proposed before. */
  boolean has(UUID id) {
    return jdbc.sql("SELECT EXISTS (SELECT FROM settlement WHERE id = :id)")
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  /** Adds one; no other of the payout may wait. */
  void insert(Settlement settlement, Payout about, Instant now) {
    jdbc.sql(
            """
            INSERT INTO settlement (id, payout_id, organization_id, currency, account_id, subject,
                                    amount_minor, outcome, reason, proposed_by, proposed_at, status)
            VALUES (:id, :payoutId, :organizationId, :currency, :accountId, :subject, :amountMinor,
                    :outcome, :reason, :proposedBy, :now, :status)
            """)
        .param("id", settlement.proposal().id())
        .param("payoutId", settlement.payoutId())
        .param("organizationId", about.organizationId())
        .param("currency", Parameters.currency(settlement.amount().currency()))
        .param("accountId", about.accountId())
        .param("subject", Parameters.constant(settlement.subject()))
        .param("amountMinor", settlement.amount().amountMinor())
        .param("outcome", Parameters.constant(settlement.outcome()))
        .param("reason", settlement.reason())
        .param("proposedBy", settlement.proposal().proposedBy())
        .param("now", Parameters.instant(now))
        .param("status", Parameters.constant(settlement.proposal().status()))
        .update();
  }

  /** The one of this payout that waits for its second person. */
  Optional<Settlement> waiting(UUID payoutId) {
    return jdbc.sql("SELECT * FROM settlement WHERE payout_id = :payoutId AND status = 'proposed'")
        .param("payoutId", payoutId)
        .query((row, _) -> settlement(row))
        .optional();
  }

  /**
   * Saves what has become of a proposal that waited.
   *
   * @param decidedBy null when nobody had to decide
   */
  void save(Proposal proposal, @Nullable UUID decidedBy, Instant now) {
    jdbc.sql(
            """
            UPDATE settlement SET status = :status, decided_by = :decidedBy, decided_at = :now
            WHERE id = :id
            """)
        .param("id", proposal.id())
        .param("status", Parameters.constant(proposal.status()))
        .param("decidedBy", Parameters.uuid(decidedBy))
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Those of a payout whose place no other has taken, newest first; there are few. */
  List<SettlementView> of(UUID payoutId) {
    return jdbc.sql(
            """
            SELECT * FROM settlement WHERE payout_id = :payoutId AND status <> 'not-needed'
            ORDER BY proposed_at DESC, id DESC
            """)
        .param("payoutId", payoutId)
        .query((row, _) ->
            new SettlementView(
                Columns.uuid(row, "id"),
                payoutId,
                Columns.constant(SettlementOutcome.class, row, "outcome"),
                Columns.money(row, "amount_minor"),
                row.getString("reason"),
                Columns.uuid(row, "proposed_by"),
                Columns.instant(row, "proposed_at"),
                Columns.uuidOrNull(row, "decided_by"),
                Columns.instantOrNull(row, "decided_at")))
        .list();
  }

  private static Settlement settlement(ResultSet row) throws SQLException {
    return new Settlement(
        new Proposal(
            Columns.uuid(row, "id"),
            Columns.uuid(row, "proposed_by"),
            Columns.constant(ProposalStatus.class, row, "status")),
        Columns.uuid(row, "payout_id"),
        Columns.constant(Subject.class, row, "subject"),
        Columns.constant(SettlementOutcome.class, row, "outcome"),
        Columns.money(row, "amount_minor"),
        row.getString("reason"));
  }
}
