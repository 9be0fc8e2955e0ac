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
 * Tells the owner that another card pays for the plan, because the one before has expired or is
 * gone. Cause: the organization, the card and the time.
 */
@Component
public class CardIsReplaced extends MailKind<CardIsReplaced.Subject, OrganizationContent> {

  /** Which card has taken the place of which. */
  public record Subject(UUID organizationId, CardName card, CardName replaced)
      implements MailSubject {}

  record Model(String organization, String card, String replaced, URI subscription) {}

  private final WebLinks links;

  CardIsReplaced(OrganizationContents contents, WebLinks links) {
    super("card-replaced", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.name()),
            subject.card().shown(),
            subject.replaced().shown(),
            links.subscription(subject.organizationId())));
  }
}
