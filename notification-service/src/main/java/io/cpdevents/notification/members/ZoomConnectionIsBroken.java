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

/** Tells the owner that the connection with Zoom does not work any more. Cause: the connection. */
@Component
public class ZoomConnectionIsBroken
    extends MailKind<ZoomConnectionIsBroken.Subject, OrganizationContent> {

  /** Whose, and since when. */
  public record Subject(UUID organizationId, Instant brokenAt) implements MailSubject {}

  record Model(String organization, String brokenAt) {}

  ZoomConnectionIsBroken(OrganizationContents contents) {
    super("zoom-connection-broken", Subject.class, contents, Subject::organizationId);
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(wording.title(content.name()), wording.moment(subject.brokenAt())));
  }
}
