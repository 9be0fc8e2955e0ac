package io.cpdevents.notification.subscriptions;

import io.cpdevents.notification.organizations.OrganizationContent;
import io.cpdevents.notification.organizations.OrganizationContents;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells the owner that the organization has another plan. Cause: the organization and the time. */
@Component
public class PlanHasChanged extends MailKind<PlanHasChanged.Subject, OrganizationContent> {

  /** Which plan follows which. */
  public record Subject(UUID organizationId, PlanName plan, PlanName previousPlan)
      implements MailSubject {}

  record Model(String organization, String plan, String previousPlan, URI subscription) {}

  private final WebLinks links;

  PlanHasChanged(OrganizationContents contents, WebLinks links) {
    super("plan-changed", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.name()),
            subject.plan().shown(),
            subject.previousPlan().shown(),
            links.subscription(subject.organizationId())));
  }
}
