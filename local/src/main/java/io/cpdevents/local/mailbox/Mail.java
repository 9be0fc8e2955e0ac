package io.cpdevents.local.mailbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail as one recipient got it.
 *
 * @param id counts up from 1
 * @param messageId the Message-ID header: equal in a second copy of the same mail
 */
public record Mail(
    long id,
    String from,
    String to,
    String subject,
    @Nullable String text,
    @Nullable String html,
    Instant receivedAt,
    @Nullable String messageId) {}
