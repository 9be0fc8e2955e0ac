package io.cpdevents.notification.accounts;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.Wording;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Tells whoever reads the mails of the old address that the account has another one, and how to
 * take that back. Cause: the change.
 */
@Component
public class ChangedEmail extends MailKind<ChangedEmail.Subject, EmailRevertContent> {

  /**
   * A change.
   *
   * @param expiresAt when it can be taken back no more
   */
  public record Subject(UUID changeId, Instant changedAt, Instant expiresAt)
      implements MailSubject {}

  record Model(String changedAt, URI link, String expiresAt) {}

  ChangedEmail(EmailRevertContents contents) {
    super("email-changed", Subject.class, contents, Subject::changeId);
  }

  @Override
  protected boolean isUrgent() {
    return true;
  }

  @Override
  protected Optional<Instant> expiresAt(Subject subject) {
    return Optional.of(subject.expiresAt());
  }

  @Override
  protected Optional<Recipient> recipient(
      Subject subject, EmailRevertContent content, Optional<Recipient> account) {
    return Optional.of(
        new Recipient.Known(content.email(), content.name(), content.locale(), content.timeZone()));
  }

  @Override
  protected Optional<Model> model(Subject subject, EmailRevertContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.moment(subject.changedAt()),
            content.link(),
            wording.moment(content.expiresAt())));
  }
}
