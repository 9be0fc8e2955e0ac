package io.cpdevents.notification.disputes;

import io.cpdevents.notification.registrations.RegistrationContent;
import io.cpdevents.notification.registrations.RegistrationContents;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import io.cpdevents.platform.money.Money;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The bank withdrew a dispute before money moved. Cause: the dispute and when that was. */
@Component
public class DisputePrevention extends MailKind<DisputePrevention.Subject, RegistrationContent> {

  /** A dispute that was withdrawn. */
  public record Subject(UUID organizationId, UUID registrationId, UUID disputeId, Money amount)
      implements MailSubject {}

  private final WebLinks links;

  DisputePrevention(RegistrationContents contents, WebLinks links) {
    super("dispute-prevented", Subject.class, contents, Subject::registrationId);
    this.links = links;
  }

  @Override
  protected Optional<EndedDispute> model(
      Subject subject, RegistrationContent content, Wording wording) {
    return Optional.of(
        EndedDispute.of(
            content,
            subject.amount(),
            links.dispute(subject.organizationId(), subject.disputeId()),
            wording));
  }
}
