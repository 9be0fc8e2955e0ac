package io.cpdevents.registration.events;

import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.sql.Period;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which published events are listed; null: all.
 *
 * @param period in which they take place, also in part
 * @param price whether they have a ticket for nothing, or one that costs something
 */
public record EventFilter(
    @Nullable UUID organizationId, @Nullable EventMode mode, @Nullable Price price, Period period) {

  /** What tickets cost. */
  public enum Price {
    FREE,
    PAID
  }

  /** As a part of a statement about {@code event e}. */
  String condition() {
    return (organizationId == null ? "" : " AND e.organization_id = :organizationId ")
        + (mode == null ? "" : " AND e.mode = :mode ")
        + (period.from() == null ? "" : " AND e.ends_at > :from ")
        + (period.to() == null ? "" : " AND e.starts_at < :to ")
        + (price == null
            ? ""
            : """
             AND EXISTS (
                SELECT FROM ticket_type t
                WHERE t.event_id = e.id AND NOT t.hidden AND (t.price_minor = 0) = :free)
            """);
  }

  /** The parameters of that. */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new HashMap<>(period.parameters());
    if (organizationId != null) {
      parameters.put("organizationId", organizationId);
    }
    if (mode != null) {
      parameters.put("mode", Parameters.constant(mode));
    }
    if (price != null) {
      parameters.put("free", price == Price.FREE);
    }
    return parameters;
  }
}
