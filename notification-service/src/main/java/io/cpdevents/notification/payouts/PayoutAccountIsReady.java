package io.cpdevents.notification.payouts;

import io.cpdevents.notification.organizations.OrganizationContent;
import io.cpdevents.notification.organizations.OrganizationContents;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Tells the owner that Stripe can pay the organization and nothing is missing. Cause: the account
 * and the time of the change.
 */
@Component
public class PayoutAccountIsReady
    extends MailKind<PayoutAccountIsReady.Subject, OrganizationContent> {

  /** An organization that can be paid. */
  public record Subject(UUID organizationId, List<String> currencies) implements MailSubject {}

  record Model(String organization, String currencies, URI account) {}

  private final WebLinks links;

  PayoutAccountIsReady(OrganizationContents contents, WebLinks links) {
    super("payout-account-ready", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.name()),
            String.join(", ", subject.currencies()),
            links.payoutAccount(subject.organizationId())));
  }
}
