package io.cpdevents.notification.subscriptions;

import io.cpdevents.notification.organizations.OrganizationContent;
import io.cpdevents.notification.organizations.OrganizationContents;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import io.cpdevents.platform.money.Money;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells the owner that a month of the plan could not be charged, why, when that is tried again, and
 * what to do. Cause: the organization and the next attempt.
 */
@Component
public class RenewalHasFailed extends MailKind<RenewalHasFailed.Subject, OrganizationContent> {

  /**
   * What has happened to a plan.
   *
   * @param reason why the card was declined; null when nobody knows
   */
  public record Subject(
      UUID organizationId,
      PlanName plan,
      int attempt,
      Money total,
      Instant nextAttemptAt,
      @Nullable DeclineReason reason)
      implements MailSubject {}

  record Model(
      String organization,
      String plan,
      int attempt,
      String total,
      String nextAttemptAt,
      @Nullable String reason,
      URI subscription) {}

  private final WebLinks links;

  RenewalHasFailed(OrganizationContents contents, WebLinks links) {
    super("renewal-failed", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  /** Then another mail tells what has become of it. */
  @Override
  protected Optional<Instant> expiresAt(Subject subject) {
    return Optional.of(subject.nextAttemptAt());
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    DeclineReason reason = subject.reason();
    return Optional.of(
        new Model(
            wording.title(content.name()),
            subject.plan().shown(),
            subject.attempt(),
            wording.money(subject.total()),
            wording.moment(subject.nextAttemptAt()),
            reason == null ? null : wording.phrase(reason),
            links.subscription(subject.organizationId())));
  }
}
