package io.cpdevents.notification.payouts;

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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells the owner that Stripe requires more information about the organization, and by when. Cause:
 * the account and the time of the change.
 */
@Component
public class PayoutInformation extends MailKind<PayoutInformation.Subject, OrganizationContent> {

  /**
   * An organization about which something is missing.
   *
   * @param missing how many pieces of information
   * @param dueBy until when; null when no time is set
   */
  public record Subject(UUID organizationId, int missing, @Nullable Instant dueBy)
      implements MailSubject {}

  record Model(String organization, int missing, @Nullable String dueBy, URI account) {}

  private final WebLinks links;

  PayoutInformation(OrganizationContents contents, WebLinks links) {
    super("payout-information-required", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.name()),
            subject.missing(),
            wording.momentOrNull(subject.dueBy()),
            links.payoutAccount(subject.organizationId())));
  }
}
