package io.cpdevents.notification.registrations;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.registrations.RegistrationContent.EventContent;
import io.cpdevents.notification.registrations.RegistrationContent.TicketContent;
import io.cpdevents.notification.writing.FollowUp;
import io.cpdevents.notification.writing.MailKind;
import io.cpdevents.notification.writing.MailSubject;
import io.cpdevents.notification.writing.WebLinks;
import io.cpdevents.notification.writing.Wording;
import io.cpdevents.platform.money.Money;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Some tickets of a registration were cancelled; with what goes back. The registration goes on with
 * the others. Cause: the first of the tickets.
 */
@Component
public class TicketCancellation extends MailKind<TicketCancellation.Subject, RegistrationContent> {

  /**
   * Cancelled tickets of a registration.
   *
   * @param refund what goes back; null when nothing does
   */
  public record Subject(
      UUID organizationId,
      UUID registrationId,
      boolean byOrganization,
      List<UUID> ticketIds,
      @Nullable Money refund)
      implements MailSubject {}

  record Model(
      String title,
      String when,
      @Nullable String organizer,
      boolean byOrganization,
      @Nullable String reason,
      List<CancelledTicket> tickets,
      MoneyBack money,
      String reference,
      URI registration) {}

  private final WebLinks links;

  TicketCancellation(RegistrationContents contents, WebLinks links) {
    super("tickets-cancelled", Subject.class, contents, Subject::registrationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, RegistrationContent content, Wording wording) {
    EventContent event = content.event();
    List<TicketContent> cancelled = content.tickets(subject.ticketIds());
    return Optional.of(
        new Model(
            wording.title(event.title()),
            wording.period(event.startsAt(), event.endsAt(), event.timeZone()),
            wording.lineOrNull(event.organizer()),
            subject.byOrganization(),
            CancelledTicket.reason(cancelled, wording),
            CancelledTicket.of(cancelled, wording),
            MoneyBack.of(cancelled, subject.refund(), wording),
            wording.line(content.reference()),
            links.registration(content.registrationId())));
  }

  @Override
  protected List<FollowUp> followUps(
      Subject subject, RegistrationContent content, Recipient.Known buyer) {
    return AttendeeCancellation.toOthers(
        subject.organizationId(), content, subject.ticketIds(), false, buyer);
  }
}
