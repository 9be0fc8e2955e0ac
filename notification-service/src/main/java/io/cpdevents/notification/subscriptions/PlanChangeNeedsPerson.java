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
 * Tells the owner that the bank wants a person to authenticate what a change of the plan costs. The
 * page is shown with the plan: a mail never has its address. Cause: the organization and the time.
 */
@Component
public class PlanChangeNeedsPerson
    extends MailKind<PlanChangeNeedsPerson.Subject, OrganizationContent> {

  /** Which plan stays until then, and which waits. */
  public record Subject(UUID organizationId, PlanName plan, PlanName nextPlan, Instant expiresAt)
      implements MailSubject {}

  record Model(String organization, String plan, String nextPlan, URI subscription) {}

  private final WebLinks links;

  PlanChangeNeedsPerson(OrganizationContents contents, WebLinks links) {
    super("plan-change-authentication", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  /** Then the bank does not wait any more, and another mail tells that. */
  @Override
  protected Optional<Instant> expiresAt(Subject subject) {
    return Optional.of(subject.expiresAt());
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.name()),
            subject.plan().shown(),
            subject.nextPlan().shown(),
            links.subscription(subject.organizationId())));
  }
}
