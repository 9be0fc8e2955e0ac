package io.cpdevents.billing.payments;

import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.sql.Period;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which payments to an organization are listed; a filter that is null excludes nothing.
 *
 * @param period in which they were made
 */
public record PaymentFilter(@Nullable PaymentStatus status, @Nullable UUID eventId, Period period) {

  /** Which rows, as a part of a statement. */
  String condition() {
    return (status == null ? "" : " AND status = :status")
        + (eventId == null ? "" : " AND event_id = :eventId")
        + period.condition("created_at");
  }

  /** The parameters of that. */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new HashMap<>(period.parameters());
    parameters.put("status", Parameters.constant(status));
    parameters.put("eventId", Parameters.uuid(eventId));
    return parameters;
  }
}
