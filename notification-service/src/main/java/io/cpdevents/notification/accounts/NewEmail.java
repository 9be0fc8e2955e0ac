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

/** The link by which somebody shows that mails to a new address reach them. Cause: the change. */
@Component
public class NewEmail extends MailKind<NewEmail.Subject, EmailChangeContent> {

  /**
   * A change that is wanted.
   *
   * @param expiresAt when the link stops working
   */
  public record Subject(UUID changeId, Instant expiresAt) implements MailSubject {}

  record Model(URI link, String requestedAt, String ipAddress, String device, String expiresAt) {}

  NewEmail(EmailChangeContents contents) {
    super("email-change", Subject.class, contents, Subject::changeId);
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
      Subject subject, EmailChangeContent content, Optional<Recipient> account) {
    return Optional.of(
        new Recipient.Known(content.email(), content.name(), content.locale(), content.timeZone()));
  }

  @Override
  protected Optional<Model> model(Subject subject, EmailChangeContent content, Wording wording) {
    return Optional.of(
        new Model(
            content.link(),
            wording.moment(content.requestedAt()),
            content.ipAddress(),
            content.device(),
            wording.moment(content.expiresAt())));
  }
}
