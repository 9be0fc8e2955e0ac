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

/** The link by which somebody who forgot a password chooses another one. Cause: the request. */
@Component
public class PasswordReset extends MailKind<PasswordReset.Subject, PasswordResetContent> {

  /**
   * A request.
   *
   * @param expiresAt when the link stops working
   */
  public record Subject(UUID requestId, Instant expiresAt) implements MailSubject {}

  record Model(URI link, String requestedAt, String ipAddress, String device, String expiresAt) {}

  PasswordReset(PasswordResetContents contents) {
    super("password-reset", Subject.class, contents, Subject::requestId);
  }

  @Override
  protected boolean isUrgent() {
    return true;
  }

  @Override
  protected Optional<Instant> expiresAt(Subject subject) {
    return Optional.of(subject.expiresAt());
  }

  /** The address that the account has now, whatever its profile said last. */
  @Override
  protected Optional<Recipient> recipient(
      Subject subject, PasswordResetContent content, Optional<Recipient> account) {
    return Optional.of(
        new Recipient.Known(content.email(), content.name(), content.locale(), content.timeZone()));
  }

  @Override
  protected Optional<Model> model(Subject subject, PasswordResetContent content, Wording wording) {
    return Optional.of(
        new Model(
            content.link(),
            wording.moment(content.requestedAt()),
            content.ipAddress(),
            content.device(),
            wording.moment(content.expiresAt())));
  }
}
