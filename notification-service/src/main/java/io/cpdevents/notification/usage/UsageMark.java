package io.cpdevents.notification.usage;

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
 * Tells the owner how much is used of the registrations that the plan includes in a month, and what
 * that means for publishing. Cause: the organization, the month, the limit and the mark.
 */
@Component
public class UsageMark extends MailKind<UsageMark.Subject, OrganizationContent> {

  /**
   * What is used.
   *
   * @param allUsed whether it is all that the plan includes
   */
  public record Subject(
      UUID organizationId,
      boolean allUsed,
      int percent,
      int registrations,
      int limit,
      Instant periodEndsAt)
      implements MailSubject {}

  record Model(
      String organization,
      boolean allUsed,
      String share,
      int registrations,
      int limit,
      String periodEndsAt,
      URI subscription) {}

  private static final int BASIS_POINTS_OF_A_PERCENT = 100;

  private final WebLinks links;

  UsageMark(OrganizationContents contents, WebLinks links) {
    super("usage-mark", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  /** In the next month nothing is used. */
  @Override
  protected Optional<Instant> expiresAt(Subject subject) {
    return Optional.of(subject.periodEndsAt());
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.name()),
            subject.allUsed(),
            wording.share(subject.percent() * BASIS_POINTS_OF_A_PERCENT),
            subject.registrations(),
            subject.limit(),
            wording.moment(subject.periodEndsAt()),
            links.subscription(subject.organizationId())));
  }
}
