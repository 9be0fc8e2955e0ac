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
 * Tells the owner that the organization's trial has ended and that its plan is paid. Cause: the
 * organization and the time of the payment.
 */
@Component
public class TrialIsPaid extends MailKind<TrialIsPaid.Subject, OrganizationContent> {

  /**
   * A plan that was tried and is paid.
   *
   * @param total what was charged: nothing when a credit has paid it
   * @param paidUntil when the next month begins
   */
  public record Subject(UUID organizationId, PlanName plan, Money total, Instant paidUntil)
      implements MailSubject {}

  record Model(
      String organization,
      String plan,
      boolean charged,
      String total,
      String paidUntil,
      URI subscription) {}

  private final WebLinks links;

  TrialIsPaid(OrganizationContents contents, WebLinks links) {
    super("trial-ended-paid", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.name()),
            subject.plan().shown(),
            subject.total().isPositive(),
            wording.money(subject.total()),
            wording.moment(subject.paidUntil()),
            links.subscription(subject.organizationId())));
  }
}
