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
import org.springframework.stereotype.Component;

/**
 * Tells the owner that a month of the plan is still not paid although a later one is, and how to
 * pay it. Cause: the organization, the month and the time.
 */
@Component
public class EarlierMonthIsOpen extends MailKind<EarlierMonthIsOpen.Subject, OrganizationContent> {

  /** Which month is open. */
  public record Subject(UUID organizationId, PlanName plan, Money total, Instant monthStartedAt)
      implements MailSubject {}

  record Model(
      String organization, String plan, String total, String monthStartedAt, URI subscription) {}

  private final WebLinks links;

  EarlierMonthIsOpen(OrganizationContents contents, WebLinks links) {
    super("month-left-open", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.name()),
            subject.plan().shown(),
            wording.money(subject.total()),
            wording.moment(subject.monthStartedAt()),
            links.subscription(subject.organizationId())));
  }
}
