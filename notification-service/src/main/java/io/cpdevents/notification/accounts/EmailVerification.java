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

/** The link that proves that an address is the person's. Cause: the request. */
@Component
public class EmailVerification extends MailKind<EmailVerification.Subject, VerificationContent> {

  /**
   * A request for verification.
   *
   * @param expiresAt when the link stops working
   */
  public record Subject(UUID requestId, Instant expiresAt) implements MailSubject {}

  record Model(URI link, String requestedAt, String ipAddress, String device, String expiresAt) {}

  EmailVerification(VerificationContents contents) {
    super("email-verification", Subject.class, contents, Subject::requestId);
  }

  @Override
  protected boolean isUrgent() {
    return true;
  }

  @Override
  protected Optional<Instant> expiresAt(Subject subject) {
    return Optional.of(subject.expiresAt());
  }

  /**
   * The address that has to be proved; nobody is greeted by a name that a stranger may have typed.
   */
  @Override
  protected Optional<Recipient> recipient(
      Subject subject, VerificationContent content, Optional<Recipient> account) {
    return Optional.of(
        new Recipient.Known(content.email(), "", content.locale(), content.timeZone()));
  }

  @Override
  protected Optional<Model> model(Subject subject, VerificationContent content, Wording wording) {
    return Optional.of(
        new Model(
            content.link(),
            wording.moment(content.requestedAt()),
            content.ipAddress(),
            content.device(),
            wording.moment(content.expiresAt())));
  }
}
