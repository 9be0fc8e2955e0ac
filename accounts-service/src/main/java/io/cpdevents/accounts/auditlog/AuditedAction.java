package io.cpdevents.accounts.auditlog;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a service has recorded: who did what to what, when, from where.
 *
 * @param id unique, so that a repetition is known
 * @param service the short name of the service that recorded it
 * @param actorAccountId who did it, an account or an API key; null for the system
 * @param organizationId the organization whose log shows it; null for none
 * @param ipAddress from where; null for the system
 * @param traceId the trace of the request; null for none
 * @param actorKind {@code account}, {@code api-key} or {@code system}; null in old entries
 * @param onBehalfOf for whom, if for somebody else
 * @param before what changed as it was; null when nothing was
 * @param after what changed as it is now; null when nothing is
 */
public record AuditedAction(
    UUID id,
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
    @Nullable Map<String, String> after) {}
