package io.cpdevents.billing.settlements;

import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.sql.Period;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which settlements are listed; a filter that is null excludes nothing.
 *
 * @param subjectId of one thing only
 * @param period in which Stripe was asked
 */
public record SettlementFilter(
    @Nullable String subjectId,
    @Nullable SettlementKind kind,
    Settlement.@Nullable Outcome outcome,
    Period period) {

  /** Which rows, as a part of a statement. */
  String condition() {
    return (subjectId == null ? "" : " AND subject_id = :subjectId")
        + (kind == null ? "" : " AND kind = :kind")
        + (outcome == null ? "" : " AND outcome = :outcome")
        + period.condition("settled_at");
  }

  /** The parameters of that. */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new HashMap<>(period.parameters());
    parameters.put("subjectId", Parameters.text(subjectId));
    parameters.put("kind", Parameters.constant(kind));
    parameters.put("outcome", Parameters.constant(outcome));
    return parameters;
  }
}
