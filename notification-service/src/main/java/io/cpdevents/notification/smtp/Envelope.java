package io.cpdevents.notification.smtp;

import java.util.UUID;

/**
 * A letter, and which mail it is.
 *
 * @param mailId becomes the Message-ID, so that a second copy after a crash is recognised
 */
public record Envelope(UUID mailId, Letter letter) {}
