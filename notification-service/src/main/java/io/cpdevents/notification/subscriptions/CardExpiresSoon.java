package io.cpdevents.notification.subscriptions;

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
import org.springframework.stereotype.Component;

/**
 * Tells the owner that the card that pays for the plan expires soon. Cause: the organization, the
 * card, its end and how near that is.
 */
@Component
public class CardExpiresSoon extends MailKind<CardExpiresSoon.Subject, OrganizationContent> {

  /** A card. */
  public record Subject(UUID organizationId, CardName card, int daysBefore, Instant expiresAt)
      implements MailSubject {}

  record Model(String organization, String card, int days, URI subscription) {}

  private final WebLinks links;

  CardExpiresSoon(OrganizationContents contents, WebLinks links) {
    super("card-expires-soon", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  /** Then another mail says what has become of it. */
  @Override
  protected Optional<Instant> expiresAt(Subject subject) {
    return Optional.of(subject.expiresAt());
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.name()),
            subject.card().shown(),
            subject.daysBefore(),
            links.subscription(subject.organizationId())));
  }
}
