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
 * Tells the owner that a month of the plan could not be charged, that nobody tries it again, what
 * to do, and until when the plan stays. Cause: the organization and the end of that time.
 */
@Component
public class GraceHasStarted extends MailKind<GraceHasStarted.Subject, OrganizationContent> {

  /**
   * What has happened to a plan.
   *
   * @param reason why the card was declined; null when nobody knows
   */
  public record Subject(
      UUID organizationId,
      PlanName plan,
      Money total,
      Instant graceEndsAt,
      @Nullable DeclineReason reason)
      implements MailSubject {}

  record Model(
      String organization,
      String plan,
      String total,
      String graceEndsAt,
      @Nullable String reason,
      boolean needsAuthentication,
      URI subscription) {}

  private final WebLinks links;

  GraceHasStarted(OrganizationContents contents, WebLinks links) {
    super("grace-started", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  /** Then another mail tells what has become of it. */
  @Override
  protected Optional<Instant> expiresAt(Subject subject) {
    return Optional.of(subject.graceEndsAt());
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    DeclineReason reason = subject.reason();
    return Optional.of(
        new Model(
            wording.title(content.name()),
            subject.plan().shown(),
            wording.money(subject.total()),
            wording.moment(subject.graceEndsAt()),
            reason == null ? null : wording.phrase(reason),
            reason == DeclineReason.AUTHENTICATION,
            links.subscription(subject.organizationId())));
  }
}
