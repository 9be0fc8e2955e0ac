package io.cpdevents.notification.accounts;

import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Tells the owner of an account that its password was changed, and what to do if that was somebody
 * else. Cause: the change.
 */
@Component
public class ChangedPassword extends MailKind<ChangedPassword.Subject, NoContent.Nothing> {

  /** A change. */
  public record Subject(UUID changeId, Instant changedAt) implements MailSubject {}

  record Model(String changedAt, URI link) {}

  private final WebLinks links;

  ChangedPassword(NoContent contents, WebLinks links) {
    super("password-changed", Subject.class, contents, Subject::changeId);
    this.links = links;
  }

  @Override
  protected boolean isUrgent() {
    return true;
  }

  @Override
  protected Optional<Model> model(Subject subject, NoContent.Nothing content, Wording wording) {
    return Optional.of(new Model(wording.moment(subject.changedAt()), links.forgottenPassword()));
  }
}
