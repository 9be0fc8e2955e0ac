package io.cpdevents.accounts.sessions;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session that has not ended, with the roles that its person has at this moment.
 *
 * @param platformRoles kebab-case
 * @param organizationRoles role by organization id
 * @param closing whether the account waits to be erased
 * @param provedAt when the person has last proved who they are, in the machine's time; null when
 *     that was before it was noted, or there is a second factor, which was not proved
 * @param lacksFactor whether a role of the person asks for a second factor, which was not proved in
 *     this session: it has no roles until then
 */
public record LiveSession(
    UUID sessionId,
    UUID accountId,
    List<String> platformRoles,
    Map<String, String> organizationRoles,
    boolean closing,
    Instant lastSeenAt,
    @Nullable Instant provedAt,
    boolean lacksFactor) {}
