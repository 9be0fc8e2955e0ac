package io.cpdevents.notification.subscriptions;

import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells the owner that the organization's trial has ended, which plan it has now, that what is on
 * sale stays on sale, and which events it could not have published. Cause: the organization and the
 * time of the end.
 */
@Component
public class TrialHasEnded extends MailKind<TrialHasEnded.Subject, EndedPlanContent> {

  /**
   * A trial that is over.
   *
   * @param plan what was tried
   * @param nextPlan what the organization has now
   * @param entitlementsVersion of that; null when it was not told
   */
  public record Subject(
      UUID organizationId, PlanName plan, PlanName nextPlan, @Nullable Long entitlementsVersion)
      implements MailSubject {}

  record Model(
      String organization,
      String plan,
      String nextPlan,
      List<String> eventsBeyondPlan,
      URI subscription) {}

  private final WebLinks links;

  TrialHasEnded(EndedPlanContents contents, WebLinks links) {
    super("trial-ended", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  /** Who judges events by the plan that it has now must have heard of that plan. */
  @Override
  protected boolean isTooEarly(Subject subject, EndedPlanContent content) {
    return content.isOlderThan(subject.entitlementsVersion());
  }

  @Override
  protected Optional<Model> model(Subject subject, EndedPlanContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.organization()),
            subject.plan().shown(),
            subject.nextPlan().shown(),
            content.eventsBeyondPlan().stream().map(wording::line).toList(),
            links.subscription(subject.organizationId())));
  }
}
