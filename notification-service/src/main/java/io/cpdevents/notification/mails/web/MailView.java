package io.cpdevents.notification.mails.web;

import io.cpdevents.notification.mails.Mail;
import io.cpdevents.notification.mails.MailStatus;
import io.cpdevents.platform.text.OpenWord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail as its organization sees it: what became of it, never what it says.
 *
 * @param template which mail it is, for example {@code registration-confirmation}
 * @param causeId what asked for it
 * @param to the address to which it goes as things are now, {@code a…@example.org} for its
 *     organization; null for an attendee's, which is not kept, and when the person is not known
 * @param accountId who gets it; null: the owner of the organization
 * @param registrationId what it is about
 * @param attempts times it was tried
 * @param settledAt when it was sent, failed or was dropped; null while it is on its way
 * @param sentAt null unless it was sent
 * @param failure the same as the reason; null unless it failed
 * @param reason why it waits, failed or was dropped; a code
 * @param resentFrom the mail that it repeats; null when it repeats none
 */
public record MailView(
    UUID id,
    @Schema(pattern = OpenWord.FORM) String template,
    UUID causeId,
    @Schema(example = "a…@example.org") @Nullable String to,
    @Nullable UUID accountId,
    @Nullable UUID registrationId,
    MailStatus status,
    int attempts,
    Instant queuedAt,
    @Nullable Instant settledAt,
    @Nullable Instant sentAt,
    @Schema(example = "address-invalid") @Nullable String failure,
    @Schema(example = "address-invalid") @Nullable String reason,
    @Nullable UUID resentFrom) {

  /**
   * As it is shown.
   *
   * @param to the address, whole or masked; null when it is not shown
   */
  static MailView of(Mail mail, @Nullable String to) {
    return new MailView(
        mail.id(),
        mail.template(),
        mail.causeId(),
        to,
        mail.accountId(),
        mail.registrationId(),
        mail.status(),
        mail.attempts(),
        mail.queuedAt(),
        mail.settledAt(),
        mail.status() == MailStatus.SENT ? mail.settledAt() : null,
        mail.status() == MailStatus.FAILED ? mail.reason() : null,
        mail.reason(),
        mail.resentFrom());
  }
}
