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
 * Tells the owner that the card in place of the one that was declined could not be charged either,
 * why, and what to do. Cause: the organization, the card and the time.
 */
@Component
public class ReplacementIsDeclined
    extends MailKind<ReplacementIsDeclined.Subject, OrganizationContent> {

  /**
   * Which card has not paid.
   *
   * @param graceEndsAt until when the plan stays; null while the card is tried again
   */
  public record Subject(
      UUID organizationId,
      PlanName plan,
      CardName card,
      DeclineReason reason,
      Money total,
      @Nullable Instant graceEndsAt)
      implements MailSubject {}

  record Model(
      String organization,
      String plan,
      String card,
      String reason,
      String total,
      @Nullable String graceEndsAt,
      boolean needsAuthentication,
      URI subscription) {}

  private final WebLinks links;

  ReplacementIsDeclined(OrganizationContents contents, WebLinks links) {
    super("replacement-declined", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  /** Then another mail tells what has become of it. */
  @Override
  protected Optional<Instant> expiresAt(Subject subject) {
    return Optional.ofNullable(subject.graceEndsAt());
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    Instant graceEndsAt = subject.graceEndsAt();
    return Optional.of(
        new Model(
            wording.title(content.name()),
            subject.plan().shown(),
            subject.card().shown(),
            wording.phrase(subject.reason()),
            wording.money(subject.total()),
            graceEndsAt == null ? null : wording.moment(graceEndsAt),
            subject.reason() == DeclineReason.AUTHENTICATION,
            links.subscription(subject.organizationId())));
  }
}
