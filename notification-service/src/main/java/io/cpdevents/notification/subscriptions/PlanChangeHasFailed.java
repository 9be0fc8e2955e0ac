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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells the owner that a change of the plan came to nothing, why, and that nothing was charged.
 * Cause: the organization and the time.
 */
@Component
public class PlanChangeHasFailed
    extends MailKind<PlanChangeHasFailed.Subject, OrganizationContent> {

  /**
   * Which plan stays, and which does not come.
   *
   * @param reason why the card was declined; null when it was not, or nobody knows
   */
  public record Subject(
      UUID organizationId, PlanName plan, PlanName nextPlan, @Nullable DeclineReason reason)
      implements MailSubject {}

  record Model(
      String organization,
      String plan,
      String nextPlan,
      @Nullable String reason,
      URI subscription) {}

  private final WebLinks links;

  PlanChangeHasFailed(OrganizationContents contents, WebLinks links) {
    super("plan-change-failed", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    DeclineReason reason = subject.reason();
    return Optional.of(
        new Model(
            wording.title(content.name()),
            subject.plan().shown(),
            subject.nextPlan().shown(),
            reason == null ? null : wording.phrase(reason),
            links.subscription(subject.organizationId())));
  }
}
