package io.cpdevents.notification.mails.web;

import io.cpdevents.notification.mails.Mail;
import io.cpdevents.notification.mails.MailStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail as its organization sees it: what became of it, never what it says or where it went.
 *
 * @param template which mail it is, for example {@code registration-confirmation}
 * @param accountId who gets it; null: the owner of the organization
 * @param registrationId what it is about
 * @param attempts times it was tried
 * @param settledAt when it was sent, failed or was dropped; null while it is on its way
 * @param reason why it waits, failed or was dropped; a code
 * @param resentFrom the mail that it repeats; null when it repeats none
 */
public record MailView(
    UUID id,
    String template,
    @Nullable UUID accountId,
    @Nullable UUID registrationId,
    MailStatus status,
    int attempts,
    Instant queuedAt,
    @Nullable Instant settledAt,
    @Nullable String reason,
    @Nullable UUID resentFrom) {

  static MailView of(Mail mail) {
    return new MailView(
        mail.id(),
        mail.template(),
        mail.accountId(),
        mail.registrationId(),
        mail.status(),
        mail.attempts(),
        mail.queuedAt(),
        mail.settledAt(),
        mail.reason(),
        mail.resentFrom());
  }
}
