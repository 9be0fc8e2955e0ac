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

/** Tells a person that they were removed from an organization. Cause: the removal. */
@Component
public class MemberIsRemoved extends MailKind<MemberIsRemoved.Subject, OrganizationContent> {

  /** A removal. */
  public record Subject(UUID organizationId, Instant removedAt) implements MailSubject {}

  record Model(String organization, String removedAt) {}

  MemberIsRemoved(OrganizationContents contents) {
    super("member-removed", Subject.class, contents, Subject::organizationId);
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(wording.title(content.name()), wording.moment(subject.removedAt())));
  }
}
