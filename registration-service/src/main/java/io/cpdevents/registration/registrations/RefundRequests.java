package io.cpdevents.registration.registrations;

import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL that writes refund requests. */
@Component
class RefundRequests {

  private final JdbcClient jdbc;

  RefundRequests(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Saves a new request of a locked registration. */
  void insert(RefundRequested refund) {
    jdbc.sql(
            """
            INSERT INTO refund_request (refund_id, payment_id, registration_id, event_id, cause,
                lines, status, requested_at, status_changed_at)
            VALUES (:refundId, :paymentId, :registrationId, :eventId, :cause, :lines, :status,
                :requestedAt, :requestedAt)
            """)
        .param("refundId", refund.refundId())
        .param("paymentId", refund.paymentId())
        .param("registrationId", refund.registrationId())
        .param("eventId", refund.eventId())
        .param("cause", Parameters.constant(refund.cause()))
        .param("lines", Parameters.json(refund.lines()))
        .param("status", Parameters.constant(RefundRequestStatus.REQUESTED))
        .param("requestedAt", Parameters.instant(refund.requestedAt()))
        .update();
  }

  /**
   * The status of a request, locked until the transaction ends; empty when it was not requested
   * here.
   */
  Optional<RefundRequestStatus> lock(UUID refundId) {
    return jdbc.sql("SELECT status FROM refund_request WHERE refund_id = :refundId FOR UPDATE")
        .param("refundId", refundId)
        .query((row, _) -> Columns.constant(RefundRequestStatus.class, row, "status"))
        .optional();
  }

  /** Saves the status of a locked request. */
  void save(UUID refundId, RefundRequestStatus status, Instant now) {
    jdbc.sql(
            """
            UPDATE refund_request SET status = :status, status_changed_at = :now
            WHERE refund_id = :refundId
            """)
        .param("refundId", refundId)
        .param("status", Parameters.constant(status))
        .param("now", Parameters.instant(now))
        .update();
  }
}
