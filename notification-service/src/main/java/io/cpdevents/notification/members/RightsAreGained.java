package io.cpdevents.notification.members;

import io.cpdevents.notification.organizations.OrganizationContent;
import io.cpdevents.notification.organizations.OrganizationContents;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.Wording;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Tells an owner that somebody else may decide about the organization from now on. Cause: that, and
 * the owner.
 */
@Component
public class RightsAreGained extends MailKind<RightsAreGained.Subject, OrganizationContent> {

  /** What somebody is now. */
  public record Subject(UUID organizationId, RoleName role, Instant gainedAt)
      implements MailSubject {}

  record Model(String organization, String role, String gainedAt) {}

  RightsAreGained(OrganizationContents contents) {
    super("member-gained-rights", Subject.class, contents, Subject::organizationId);
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.name()),
            wording.phrase(subject.role()),
            wording.moment(subject.gainedAt())));
  }
}
