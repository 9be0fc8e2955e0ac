package io.cpdevents.payout.payouts;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about what people decide about payouts. */
@Component
class Settlements {

  /** What is decided about. */
  enum Subject {
    /** A payout whose end is not known. */
    PAYOUT,
    /** What payouts have left on an account that cannot be used any more. */
    LEFT_MONEY
  }

  /** A decision that waits for its second person. */
  record Proposal(
      UUID id,
      UUID payoutId,
      Subject subject,
      SettlementOutcome outcome,
      Money amount,
      String reason,
      UUID proposedBy) {}

  private final JdbcClient jdbc;

  Settlements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Stores a proposal; it replaces one that waits. The same one again changes nothing. */
  void propose(Proposal proposal, Payout about, Instant now) {
    jdbc.sql(
            """
            DELETE FROM settlement
            WHERE payout_id = :payoutId AND decided_at IS NULL AND id <> :id
            """)
        .param("payoutId", proposal.payoutId())
        .param("id", proposal.id())
        .update();
    jdbc.sql(
            """
            INSERT INTO settlement (id, payout_id, organization_id, currency, account_id, subject,
                                    amount_minor, outcome, reason, proposed_by, proposed_at)
            VALUES (:id, :payoutId, :organizationId, :currency, :accountId, :subject, :amountMinor,
                    :outcome, :reason, :proposedBy, :now)
            ON CONFLICT (id) DO NOTHING
            """)
        .param("id", proposal.id())
        .param("payoutId", proposal.payoutId())
        .param("organizationId", about.organizationId())
        .param("currency", Parameters.currency(proposal.amount().currency()))
        .param("accountId", about.accountId())
        .param("subject", Parameters.constant(proposal.subject()))
        .param("amountMinor", proposal.amount().amountMinor())
        .param("outcome", Parameters.constant(proposal.outcome()))
        .param("reason", proposal.reason())
        .param("proposedBy", proposal.proposedBy())
        .param("now", Parameters.instant(now))
        .update();
  }

  /** The one of this payout that waits for its second person. */
  Optional<Proposal> waiting(UUID payoutId) {
    return jdbc.sql("SELECT * FROM settlement WHERE payout_id = :payoutId AND decided_at IS NULL")
        .param("payoutId", payoutId)
        .query((row, _) -> proposal(row))
        .optional();
  }

  /**
   * A second person has approved it.
   *
   * @return false when it does not wait any more
   */
  boolean decide(UUID id, UUID decidedBy, Instant now) {
    return jdbc.sql(
                """
                UPDATE settlement SET decided_by = :decidedBy, decided_at = :now
                WHERE id = :id AND decided_at IS NULL
                """)
            .param("id", id)
            .param("decidedBy", decidedBy)
            .param("now", Parameters.instant(now))
            .update()
        == 1;
  }

  /** All of a payout, newest first; there are few. */
  List<SettlementView> of(UUID payoutId) {
    return jdbc.sql(
            """
            SELECT * FROM settlement WHERE payout_id = :payoutId ORDER BY proposed_at DESC, id DESC
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

  private static Proposal proposal(ResultSet row) throws SQLException {
    return new Proposal(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "payout_id"),
        Columns.constant(Subject.class, row, "subject"),
        Columns.constant(SettlementOutcome.class, row, "outcome"),
        Columns.money(row, "amount_minor"),
        row.getString("reason"),
        Columns.uuid(row, "proposed_by"));
  }
}
