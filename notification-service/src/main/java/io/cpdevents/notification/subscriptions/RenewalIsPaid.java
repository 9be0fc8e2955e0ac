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

/** Tells the owner that what could not be charged is paid. Cause: the organization and the time. */
@Component
public class RenewalIsPaid extends MailKind<RenewalIsPaid.Subject, OrganizationContent> {

  /** What has happened to a plan. */
  public record Subject(UUID organizationId, PlanName plan) implements MailSubject {}

  record Model(String organization, String plan, URI subscription) {}

  private final WebLinks links;

  RenewalIsPaid(OrganizationContents contents, WebLinks links) {
    super("renewal-recovered", Subject.class, contents, Subject::organizationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, OrganizationContent content, Wording wording) {
    return Optional.of(
        new Model(
            wording.title(content.name()),
            subject.plan().shown(),
            links.subscription(subject.organizationId())));
  }
}
