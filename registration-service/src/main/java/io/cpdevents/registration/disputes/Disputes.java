package io.cpdevents.registration.disputes;

import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL that writes disputes. */
@Component
class Disputes {

  private final JdbcClient jdbc;

  Disputes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Saves a new dispute; nothing happens when it is known. */
  void insert(Dispute dispute) {
    jdbc.sql(
            """
            INSERT INTO dispute (id, payment_id, registration_id, status, whole_payment, opened_at,
                changed_at)
            VALUES (:id, :paymentId, :registrationId, :status, :wholePayment, :openedAt,
                :changedAt)
            ON CONFLICT (id) DO NOTHING
            """)
        .param("id", dispute.id())
        .param("paymentId", dispute.paymentId())
        .param("registrationId", dispute.registrationId())
        .param("status", Parameters.constant(dispute.status()))
        .param("wholePayment", dispute.wholePayment())
        .param("openedAt", Parameters.instant(dispute.openedAt()))
        .param("changedAt", Parameters.instant(dispute.changedAt()))
        .update();
  }

  /** The dispute, locked until the transaction ends. */
  Optional<Dispute> lock(UUID id) {
    return jdbc.sql("SELECT * FROM dispute WHERE id = :id FOR NO KEY UPDATE")
        .param("id", id)
        .query(Disputes::dispute)
        .optional();
  }

  /** Saves a locked dispute. */
  void save(Dispute dispute) {
    jdbc.sql(
            """
            UPDATE dispute
            SET status = :status, whole_payment = :wholePayment, changed_at = :changedAt
            WHERE id = :id
            """)
        .param("id", dispute.id())
        .param("status", Parameters.constant(dispute.status()))
        .param("wholePayment", dispute.wholePayment())
        .param("changedAt", Parameters.instant(dispute.changedAt()))
        .update();
  }

  private static Dispute dispute(ResultSet row, int number) throws SQLException {
    return new Dispute(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "payment_id"),
        Columns.uuid(row, "registration_id"),
        Columns.constant(DisputeStatus.class, row, "status"),
        row.getBoolean("whole_payment"),
        Columns.instant(row, "opened_at"),
        Columns.instant(row, "changed_at"));
  }
}
