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
   * @param actorAccountId who did it, an account or an API key; null when the system did
   * @param action what was done, for example {@code event.published}
   * @param subjectType what it was done to, for example {@code event}
   * @param organizationId whose log it belongs to; null when it concerns no organization
   * @param ipAddress from where; null when the system did it
   * @param traceId the request's trace, to find its logs
   * @param details about it, without secrets or personal data
   * @param actorKind {@code account}, {@code api-key} or {@code system}; null in old entries
   * @param onBehalfOf for whom: of an API key whoever made it; null for nobody else
   * @param before what changed as it was, without secrets or personal data; null when nothing was
   * @param after what changed as it is now, without secrets or personal data; null when nothing is
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
      Map<String, String> details,
      @Nullable String actorKind,
      @Nullable UUID onBehalfOf,
      @Nullable Map<String, String> before,
      @Nullable Map<String, String> after)
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
