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

/** Tells the owner that somebody has made an API key of the organization. Cause: the key. */
@Component
public class ApiKeyIsMade extends MailKind<ApiKeyIsMade.Subject, OrganizationContent> {

  /** A key, and what it may do. */
  public record Subject(UUID organizationId, RoleName role, Instant madeAt)
      implements MailSubject {}

  record Model(String organization, String role, String madeAt) {}

  ApiKeyIsMade(OrganizationContents contents) {
    super("api-key-made", Subject.class, contents, Subject::organizationId);
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.name()),
            wording.phrase(subject.role()),
            wording.moment(subject.madeAt())));
  }
}
