package io.cpdevents.notification.registrations;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.registrations.RegistrationContent.TicketContent;
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

  record Model(boolean byOrganization, @Nullable String reason, CancelledTickets cancelled) {}

  private final WebLinks links;

  TicketCancellation(RegistrationContents contents, WebLinks links) {
    super("tickets-cancelled", Subject.class, contents, Subject::registrationId);
    this.links = links;
  }

  @Override
  protected Optional<Model> model(Subject subject, RegistrationContent content, Wording wording) {
    List<TicketContent> cancelled = content.tickets(subject.ticketIds());
    return Optional.of(
        new Model(
            subject.byOrganization(),
            CancelledTicket.reason(cancelled, wording),
            CancelledTickets.of(
                content,
                cancelled,
                MoneyBack.of(cancelled, subject.refund(), wording),
                links.registration(content.registrationId()),
                wording)));
  }

  @Override
  protected List<FollowUp> followUps(
      Subject subject, RegistrationContent content, Recipient buyer) {
    return AttendeeCancellation.toOthers(
        subject.organizationId(), content, subject.ticketIds(), false, buyer);
  }
}
