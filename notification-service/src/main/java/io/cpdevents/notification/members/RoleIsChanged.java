package io.cpdevents.notification.members;

import io.cpdevents.notification.organizations.OrganizationContent;
import io.cpdevents.notification.organizations.OrganizationContents;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.Wording;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells a member what they may do in the organization from now on. Cause: the change. */
@Component
public class RoleIsChanged extends MailKind<RoleIsChanged.Subject, OrganizationContent> {

  /** Which role follows which. */
  public record Subject(UUID organizationId, RoleName role, RoleName previousRole)
      implements MailSubject {}

  record Model(String organization, String role, String previousRole) {}

  RoleIsChanged(OrganizationContents contents) {
    super("member-role-changed", Subject.class, contents, Subject::organizationId);
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.name()),
            wording.phrase(subject.role()),
            wording.phrase(subject.previousRole())));
  }
}
