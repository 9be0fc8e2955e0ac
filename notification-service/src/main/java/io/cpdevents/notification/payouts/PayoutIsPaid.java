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

/** Tells the owner that a payout has reached the organization's bank. Cause: the payout. */
@Component
public class PayoutIsPaid extends MailKind<PayoutIsPaid.Subject, OrganizationContent> {

  /** A payout of the amount. */
  public record Subject(UUID organizationId, UUID payoutId, Money amount) implements MailSubject {}

  record Model(String organization, String amount, URI payout) {}

  private final WebLinks links;

  PayoutIsPaid(OrganizationContents contents, WebLinks links) {
    super("payout-paid", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.name()),
            wording.money(subject.amount()),
            links.payout(subject.organizationId(), subject.payoutId())));
  }
}
