package io.cpdevents.notification.writing;

import java.util.UUID;

/**
 * A mail to somebody else that follows from what a mail's source has told. It belongs to the same
 * account.
 *
 * @param causeId unique together with the kind of mail
 */
public record FollowUp(UUID causeId, MailSubject subject) {}
