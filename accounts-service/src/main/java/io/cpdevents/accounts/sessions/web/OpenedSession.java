package io.cpdevents.accounts.sessions.web;

import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.accounts.sessions.SessionView;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A session that was just opened.
 *
 * @param token for {@code Authorization: Bearer}; it is answered this once. Null for a page in a
 *     browser, which has the cookie: no script can read that, so none can steal the session
 */
@Schema(name = "OpenedSession")
record OpenedSession(SessionView session, @Nullable SecretText token) {}
