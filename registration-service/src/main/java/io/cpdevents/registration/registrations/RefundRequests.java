package io.cpdevents.registration.registrations;

import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** All SQL that writes refund requests. */
@Component
class RefundRequests {

  private final JdbcClient jdbc;

  RefundRequests(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Saves a new request of a locked registration.
   *
   * @param askedBy who gives it back for the organization; null when nobody does
   */
  void insert(RefundRequested refund, @Nullable UUID askedBy) {
    jdbc.sql(
            """
            INSERT INTO refund_request (refund_id, payment_id, registration_id, event_id, cause,
                lines, status, requested_at, status_changed_at, asked_by)
            VALUES (:refundId, :paymentId, :registrationId, :eventId, :cause, :lines, :status,
                :requestedAt, :requestedAt, :askedBy)
            """)
        .param("refundId", refund.refundId())
        .param("paymentId", refund.paymentId())
        .param("registrationId", refund.registrationId())
        .param("eventId", refund.eventId())
        .param("cause", Parameters.constant(refund.cause()))
        .param("lines", Parameters.json(refund.lines()))
        .param("status", Parameters.constant(RefundRequestStatus.REQUESTED))
        .param("requestedAt", Parameters.instant(refund.requestedAt()))
        .param("askedBy", Parameters.uuid(askedBy))
        .update();
  }

  /**
   * What somebody has given back for organizations after that time, by currency. Their
   * cancellations wait for each other until the transaction ends, so that two at once are judged
   * together.
   */
  List<Money> lockAskedBy(UUID accountId, Instant time) {
    jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
        .param("name", "refunds asked for by " + accountId)
        .query((_, _) -> true)
        .single();
    return jdbc.sql(
            """
            SELECT l.line #>> '{amount,currency}' AS currency,
                sum((l.line #>> '{amount,amountMinor}')::bigint)::bigint AS amount_minor
            FROM refund_request r CROSS JOIN jsonb_array_elements(r.lines) AS l (line)
            WHERE r.asked_by = :accountId AND r.requested_at > :time
            GROUP BY 1
            """)
        .param("accountId", accountId)
        .param("time", Parameters.instant(time))
        .query((row, _) -> Columns.money(row, "amount_minor"))
        .list();
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
