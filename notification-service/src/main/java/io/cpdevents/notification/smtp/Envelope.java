package io.cpdevents.notification.smtp;

import java.util.UUID;

/**
 * A letter with the mail that it is.
 *
 * @param mailId becomes the Message-ID, so a second copy after a crash can be told as one
 */
public record Envelope(UUID mailId, Letter letter) {}
