package io.cpdevents.notification.payouts;

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
 * Tells the owner that a payout has not reached the organization, or was sent back by its bank, and
 * what to do about it. Cause: the payout and its failure.
 */
@Component
public class PayoutHasFailed extends MailKind<PayoutHasFailed.Subject, OrganizationContent> {

  /**
   * A payout that has failed.
   *
   * @param afterPaid whether the bank has sent it back after we had told that it was paid
   */
  public record Subject(
      UUID organizationId, UUID payoutId, Money amount, boolean afterPaid, PayoutAdvice advice)
      implements MailSubject {}

  record Model(
      String organization,
      String amount,
      boolean afterPaid,
      String advice,
      boolean concernsAccount,
      URI account,
      URI payout) {}

  private final WebLinks links;

  PayoutHasFailed(OrganizationContents contents, WebLinks links) {
    super("payout-failed", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.name()),
            wording.money(subject.amount()),
            subject.afterPaid(),
            wording.phrase(subject.advice()),
            subject.advice().concernsAccount(),
            links.payoutAccount(subject.organizationId()),
            links.payout(subject.organizationId(), subject.payoutId())));
  }
}
