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
 * Tells the owner that the organization's trial ends soon, and whether it is charged or on the Free
 * plan after that. Cause: the organization, the end and how near it is.
 */
@Component
public class TrialEndsSoon extends MailKind<TrialEndsSoon.Subject, OrganizationContent> {

  /** A trial. */
  public record Subject(
      UUID organizationId, PlanName plan, int daysBefore, Instant endsAt, boolean isCharged)
      implements MailSubject {}

  record Model(
      String organization,
      String plan,
      int days,
      String endsAt,
      boolean isCharged,
      URI subscription) {}

  private final WebLinks links;

  TrialEndsSoon(OrganizationContents contents, WebLinks links) {
    super("trial-ends-soon", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  /** After the end another mail says so. */
  @Override
  protected Optional<Instant> expiresAt(Subject subject) {
    return Optional.of(subject.endsAt());
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.name()),
            subject.plan().shown(),
            subject.daysBefore(),
            wording.moment(subject.endsAt()),
            subject.isCharged(),
            links.subscription(subject.organizationId())));
  }
}
