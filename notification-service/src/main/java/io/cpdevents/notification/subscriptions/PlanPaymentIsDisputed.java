package io.cpdevents.notification.subscriptions;

import io.cpdevents.notification.organizations.OrganizationContent;
import io.cpdevents.notification.organizations.OrganizationContents;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import io.cpdevents.platform.money.Money;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Tells the owner that the bank of the organization's card disputes what was paid for the plan.
 * Cause: the organization and the time.
 */
@Component
public class PlanPaymentIsDisputed
    extends MailKind<PlanPaymentIsDisputed.Subject, OrganizationContent> {

  /**
   * What a bank disputes.
   *
   * @param isInquiry whether it only asks
   */
  public record Subject(UUID organizationId, Money amount, boolean isInquiry)
      implements MailSubject {}

  record Model(String organization, String amount, boolean isInquiry, URI subscription) {}

  private final WebLinks links;

  PlanPaymentIsDisputed(OrganizationContents contents, WebLinks links) {
    super("plan-payment-disputed", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.name()),
            wording.money(subject.amount()),
            subject.isInquiry(),
            links.subscription(subject.organizationId())));
  }
}
