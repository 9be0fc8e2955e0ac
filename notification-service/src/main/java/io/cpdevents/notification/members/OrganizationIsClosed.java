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

/** Tells who belonged to an organization that it is closed. Cause: that, and the member. */
@Component
public class OrganizationIsClosed
    extends MailKind<OrganizationIsClosed.Subject, OrganizationContent> {

  /** What is closed. */
  public record Subject(UUID organizationId, Instant closedAt) implements MailSubject {}

  record Model(String organization, String closedAt) {}

  OrganizationIsClosed(OrganizationContents contents) {
    super("organization-closed", Subject.class, contents, Subject::organizationId);
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(wording.title(content.name()), wording.moment(subject.closedAt())));
  }
}
