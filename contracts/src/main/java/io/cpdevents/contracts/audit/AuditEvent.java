package io.cpdevents.contracts.audit;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who did what to what, when, from where. */
public sealed interface AuditEvent extends Event {

  /**
   * One audit entry.
   *
   * @param service the service that wrote it: {@code accounts}, {@code registration}, {@code
   *     billing}, {@code payout} or {@code notification}; it decides the topic
   * @param actorAccountId who did it; null when the system did
   * @param action what was done, for example {@code event.published}
   * @param subjectType what it was done to, for example {@code event}
   * @param organizationId whose log it belongs to; null when it concerns no organization
   * @param ipAddress from where; null when the system did it
   * @param traceId the request's trace, to find its logs
   * @param details what changed, without secrets or personal data
   */
  record AuditEntryRecorded(
      UUID entryId,
      String service,
      @Nullable UUID actorAccountId,
      String action,
      String subjectType,
      String subjectId,
      @Nullable UUID organizationId,
      Instant occurredAt,
      @Nullable String ipAddress,
      @Nullable String traceId,
      Map<String, String> details)
      implements AuditEvent {

    @Override
    public Topic topic() {
      return Topic.named(service + ".audit-entries.v1");
    }

    @Override
    public String key() {
      return subjectId;
    }
  }
}
