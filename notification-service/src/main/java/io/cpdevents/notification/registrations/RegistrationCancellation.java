package io.cpdevents.notification.registrations;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.registrations.RegistrationContent.TicketContent;
import io.cpdevents.notification.smtp.Attachment;
import io.cpdevents.notification.writing.FollowUp;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import io.cpdevents.platform.money.Money;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A registration was cancelled, by the buyer or by the organization; with what goes back. Cause:
 * the registration.
 */
@Component
public class RegistrationCancellation
    extends MailKind<RegistrationCancellation.Subject, RegistrationContent> {

  /**
   * A cancelled registration.
   *
   * @param refund what goes back; null when nothing does
   */
  public record Subject(
      UUID organizationId,
      UUID registrationId,
      boolean byOrganization,
      boolean wasConfirmed,
      List<UUID> ticketIds,
      @Nullable Money refund)
      implements MailSubject {}

  record Model(
      boolean byOrganization,
      boolean wasConfirmed,
      @Nullable String reason,
      CancelledTickets cancelled) {}

  private final WebLinks links;
  private final CalendarFile calendarFile;

  RegistrationCancellation(
      RegistrationContents contents, WebLinks links, CalendarFile calendarFile) {
    super("registration-cancelled", Subject.class, contents, Subject::registrationId);
    this.links = links;
    this.calendarFile = calendarFile;
  }

  @Override
  protected Optional<Model> model(Subject subject, RegistrationContent content, Wording wording) {
    List<TicketContent> cancelled = content.tickets(subject.ticketIds());
    return Optional.of(
        new Model(
            subject.byOrganization(),
            subject.wasConfirmed(),
            CancelledTicket.reason(cancelled, wording),
            CancelledTickets.of(
                content,
                cancelled,
                subject.wasConfirmed()
                    ? MoneyBack.of(cancelled, subject.refund(), wording)
                    : MoneyBack.NONE,
                links.registration(content.registrationId()),
                wording)));
  }

  @Override
  protected List<Attachment> attachments(
      Subject subject, RegistrationContent content, Wording wording) {
    return subject.wasConfirmed()
        ? List.of(calendarFile.cancelled(content.event(), content.registrationId()))
        : List.of();
  }

  @Override
  protected List<FollowUp> followUps(
      Subject subject, RegistrationContent content, Recipient buyer) {
    return subject.wasConfirmed()
        ? AttendeeCancellation.toOthers(
            subject.organizationId(), content, subject.ticketIds(), false, buyer)
        : List.of();
  }
}
