package io.cpdevents.accounts.logins;

import io.cpdevents.accounts.origin.RequestOrigin;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody says who they are and is about to prove it.
 *
 * @param accountId null when what they say is not known here
 * @param sessionId the session that a success opens or proves anew; null for none
 */
public record Attempt(
    LoginPurpose purpose,
    LoginMethod method,
    @Nullable UUID accountId,
    @Nullable UUID sessionId,
    RequestOrigin origin) {}
