package io.cpdevents.billing.settlements;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL about settlements, and about what we believe of things that Stripe is asked about. */
@Component
class Settlements {

  /**
   * What we believe of something.
   *
   * @param key under which Stripe knows it
   */
  record Belief(String state, String key) {}

  private final JdbcClient jdbc;

  Settlements(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What we believe now; empty when there is no such thing. */
  Optional<Belief> belief(SettlementKind kind, String subjectId) {
    return jdbc.sql(beliefs(kind))
        .param("id", subjectId)
        .query((row, _) -> new Belief(row.getString("state"), row.getString("key")))
        .optional();
  }

  void insert(Settlement settlement) {
    jdbc.sql(
            """
            INSERT INTO settlement (
                id, kind, subject_id, key, before, after, outcome, failure, settled_at, settled_by)
            VALUES (
                :id, :kind, :subjectId, :key, :before, :after, :outcome, :failure, :settledAt,
                :settledBy)
            """)
        .param("id", settlement.id())
        .param("kind", Parameters.constant(settlement.kind()))
        .param("subjectId", settlement.subjectId())
        .param("key", settlement.key())
        .param("before", settlement.before())
        .param("after", settlement.after())
        .param("outcome", Parameters.constant(settlement.outcome()))
        .param("failure", Parameters.text(settlement.failure()))
        .param("settledAt", Parameters.instant(settlement.settledAt()))
        .param("settledBy", Parameters.uuid(settlement.settledBy()))
        .update();
  }

  Optional<Settlement> find(UUID id) {
    return jdbc.sql("SELECT * FROM settlement WHERE id = :id")
        .param("id", id)
        .query(Settlements::read)
        .optional();
  }

  static Settlement read(ResultSet row, int number) throws SQLException {
    return new Settlement(
        Columns.uuid(row, "id"),
        Columns.constant(SettlementKind.class, row, "kind"),
        row.getString("subject_id"),
        row.getString("key"),
        row.getString("before"),
        row.getString("after"),
        Columns.constant(Settlement.Outcome.class, row, "outcome"),
        row.getString("failure"),
        Columns.instant(row, "settled_at"),
        Columns.uuidOrNull(row, "settled_by"));
  }

  private static String beliefs(SettlementKind kind) {
    return switch (kind) {
      case CHECKOUT ->
          """
          SELECT checkout.status || ', payment ' || payment.status AS state,
                 checkout.idempotency_key AS key
          FROM checkout JOIN payment ON payment.id = checkout.payment_id
          WHERE checkout.id = CAST(:id AS uuid)
          """;
      case PAYMENT_INTENT ->
          """
          SELECT status AS state, stripe_payment_intent_id AS key FROM payment
          WHERE stripe_payment_intent_id = :id
          """;
      case CHARGE ->
          """
          SELECT CASE WHEN balance_transaction_id IS NULL THEN 'unsettled' ELSE 'settled' END
                     AS state,
                 stripe_payment_intent_id AS key
          FROM stripe_charge WHERE id = :id
          """;
      case REFUND ->
          """
          SELECT refund.status || CASE WHEN attempt.settled THEN ', settled' ELSE '' END AS state,
                 attempt.idempotency_key AS key
          FROM refund JOIN refund_attempt attempt ON attempt.refund_id = refund.id
          WHERE refund.id = CAST(:id AS uuid)
          ORDER BY attempt.number DESC LIMIT 1
          """;
      case DISPUTE ->
          """
          SELECT status || ', at Stripe ' || stripe_status
                     || CASE WHEN settled THEN ', settled' ELSE '' END AS state,
                 stripe_dispute_id AS key
          FROM dispute WHERE id = CAST(:id AS uuid)
          """;
      case SUBSCRIPTION ->
          """
          SELECT status AS state,
                 coalesce(
                     stripe_subscription_id,
                     'trial:' || organization_id || ':' || trial_attempt) AS key
          FROM subscription WHERE organization_id = CAST(:id AS uuid)
          """;
      case PLAN_CHANGE ->
          """
          SELECT status AS state, 'change:' || id || ':' || attempt AS key
          FROM plan_change WHERE id = CAST(:id AS uuid)
          """;
    };
  }
}
