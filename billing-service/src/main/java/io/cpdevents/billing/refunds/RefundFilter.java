package io.cpdevents.billing.refunds;

import io.cpdevents.contracts.billing.RefundCause;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.sql.Period;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which refunds of an organization are listed; a filter that is null excludes nothing.
 *
 * @param period of the requests
 */
public record RefundFilter(
    @Nullable RefundStatus status,
    @Nullable RefundCause cause,
    @Nullable UUID eventId,
    Period period) {

  /** Which rows, as a part of a statement. */
  String condition() {
    return (status == null ? "" : " AND refund.status = :status")
        + (cause == null ? "" : " AND refund.cause = :cause")
        + (eventId == null ? "" : " AND payment.event_id = :eventId")
        + period.condition("refund.requested_at");
  }

  /** The parameters of that. */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new HashMap<>(period.parameters());
    parameters.put("status", Parameters.constant(status));
    parameters.put("cause", Parameters.constant(cause));
    parameters.put("eventId", Parameters.uuid(eventId));
    return parameters;
  }
}
