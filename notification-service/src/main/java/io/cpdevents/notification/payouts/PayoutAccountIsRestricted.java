package io.cpdevents.notification.payouts;

import io.cpdevents.notification.organizations.OrganizationContent;
import io.cpdevents.notification.organizations.OrganizationContents;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Tells the owner that Stripe does not pay the organization any more, and what to do. Cause: the
 * account and the time of the change.
 */
@Component
public class PayoutAccountIsRestricted
    extends MailKind<PayoutAccountIsRestricted.Subject, OrganizationContent> {

  /**
   * An organization that cannot be paid.
   *
   * @param missing how many things Stripe wants to know; 0 when it only verifies
   * @param disconnected whether the organization has to connect another account
   */
  public record Subject(UUID organizationId, int missing, boolean disconnected)
      implements MailSubject {}

  record Model(String organization, int missing, boolean disconnected, URI account) {}

  private final WebLinks links;

  PayoutAccountIsRestricted(OrganizationContents contents, WebLinks links) {
    super("payout-account-restricted", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.name()),
            subject.missing(),
            subject.disconnected(),
            links.payoutAccount(subject.organizationId())));
  }
}
