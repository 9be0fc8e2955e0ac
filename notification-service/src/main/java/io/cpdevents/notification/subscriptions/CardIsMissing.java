package io.cpdevents.notification.subscriptions;

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
 * Tells the owner that no valid card is left that would pay for the plan. Cause: the organization
 * and the time.
 */
@Component
public class CardIsMissing extends MailKind<CardIsMissing.Subject, OrganizationContent> {

  /** Whose card is missing. */
  public record Subject(UUID organizationId) implements MailSubject {}

  record Model(String organization, URI subscription) {}

  private final WebLinks links;

  CardIsMissing(OrganizationContents contents, WebLinks links) {
    super("card-missing", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(wording.title(content.name()), links.subscription(subject.organizationId())));
  }
}
