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
 * Tells the owner of an account what happened to its second factors, and what to do if that was
 * somebody else. Cause: the change.
 */
@Component
public class ChangedFactor extends MailKind<ChangedFactor.Subject, NoContent.Nothing> {

  /** A change. */
  public record Subject(UUID changeId, FactorChange change, Instant changedAt)
      implements MailSubject {}

  record Model(String change, String changedAt, URI link) {}

  private final WebLinks links;

  ChangedFactor(NoContent contents, WebLinks links) {
    super("factor-changed", Subject.class, contents, Subject::changeId);
    this.links = links;
  }

  @Override
  protected boolean isUrgent() {
    return true;
  }

  @Override
  protected Optional<Model> model(Subject subject, NoContent.Nothing content, Wording wording) {
    return Optional.of(
        new Model(
            wording.phrase(subject.change()),
            wording.moment(subject.changedAt()),
            links.forgottenPassword()));
  }
}
