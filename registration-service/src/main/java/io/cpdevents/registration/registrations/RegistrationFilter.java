package io.cpdevents.registration.registrations;

import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.sql.Period;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which registrations for an event are listed; a filter that is null excludes nothing.
 *
 * @param period in which they were made
 */
public record RegistrationFilter(@Nullable RegistrationStatus status, Period period) {

  /** All of them. */
  static final RegistrationFilter NONE = new RegistrationFilter(null, new Period(null, null));

  /** Which rows, as a part of a statement. */
  String condition() {
    return (status == null ? "" : " AND r.status = :status") + period.condition("r.created_at");
  }

  /** The parameters of that. */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new HashMap<>(period.parameters());
    parameters.put("status", Parameters.constant(status));
    return parameters;
  }
}
