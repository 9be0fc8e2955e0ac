package io.cpdevents.notification.subscriptions;

import io.cpdevents.notification.organizations.OrganizationContent;
import io.cpdevents.notification.organizations.OrganizationContents;
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
 * Tells the owner that a smaller plan begins with the next month, and when. Cause: the organization
 * and the time.
 */
@Component
public class DowngradeIsScheduled
    extends MailKind<DowngradeIsScheduled.Subject, OrganizationContent> {

  /** Which plan follows which, and when. */
  public record Subject(UUID organizationId, PlanName plan, PlanName nextPlan, Instant effectiveAt)
      implements MailSubject {}

  record Model(
      String organization, String plan, String nextPlan, String effectiveAt, URI subscription) {}

  private final WebLinks links;

  DowngradeIsScheduled(OrganizationContents contents, WebLinks links) {
    super("downgrade-scheduled", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.name()),
            subject.plan().shown(),
            subject.nextPlan().shown(),
            wording.moment(subject.effectiveAt()),
            links.subscription(subject.organizationId())));
  }
}
