package io.cpdevents.accounts.apikeys;

import io.cpdevents.platform.security.OrganizationRole;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key with which a program acts for an organization, with one role in it and nothing besides.
 *
 * @param hint how it begins
 * @param expiresAt null for never
 * @param lastUsedAt null while nobody has used it
 * @param endedAt null while it counts; one that has expired may not be ended yet
 */
record ApiKey(
    UUID id,
    UUID organizationId,
    String name,
    OrganizationRole role,
    String hint,
    UUID madeBy,
    Instant madeAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant endedAt) {

  boolean countsAt(Instant now) {
    return endedAt == null && (expiresAt == null || expiresAt.isAfter(now));
  }
}
