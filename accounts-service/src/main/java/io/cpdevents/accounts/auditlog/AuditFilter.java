package io.cpdevents.accounts.auditlog;

import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.sql.Period;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are listed; a filter that is null excludes nothing.
 *
 * @param subjectKind of things of one kind only, for example {@code event}
 * @param subjectId of one thing only
 * @param actorId what one account or API key did, or was done for it
 * @param action of one kind of action only, for example {@code event.published}
 * @param period in which it was done
 */
public record AuditFilter(
    @Nullable String subjectKind,
    @Nullable String subjectId,
    @Nullable UUID actorId,
    @Nullable String action,
    Period period) {

  /** Which rows, as a part of a statement. */
  String condition() {
    return (subjectKind == null ? "" : " AND subject_type = :subjectKind")
        + (subjectId == null ? "" : " AND subject_id = :subjectId")
        + (actorId == null ? "" : " AND (actor_account_id = :actorId OR on_behalf_of = :actorId)")
        + (action == null ? "" : " AND action = :action")
        + period.condition("occurred_at");
  }

  /** The parameters of that. */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new HashMap<>(period.parameters());
    parameters.put("subjectKind", Parameters.text(subjectKind));
    parameters.put("subjectId", Parameters.text(subjectId));
    parameters.put("actorId", Parameters.uuid(actorId));
    parameters.put("action", Parameters.text(action));
    return parameters;
  }
}
