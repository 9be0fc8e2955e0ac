package io.cpdevents.notification.registrations;

import io.cpdevents.notification.profiles.Recipient;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the mail of an attendee goes: to the address that the buyer typed. Nobody knows which
 * language the attendee reads, so it is the buyer's. A buyer who was erased leaves guests behind
 * who still come.
 */
final class AttendeeAddress {

  /** Where the addresses of attendees end who were erased; no mail goes there, by RFC 2606. */
  static final String ERASED = ".invalid";

  private AttendeeAddress() {}

  /** The address; empty when the buyer is not known yet. */
  static Optional<Recipient> of(
      RegistrationContent content, UUID ticketId, Optional<Recipient> buyer) {
    return content
        .ticket(ticketId)
        .flatMap(ticket -> of(ticket.attendeeEmail(), ticket.attendeeName(), buyer));
  }

  /** The address of somebody whom the buyer has named; empty when the buyer is not known yet. */
  static Optional<Recipient> of(String email, String name, Optional<Recipient> buyer) {
    return buyer.map(person ->
        switch (person) {
          case Recipient _ when email.endsWith(ERASED) -> new Recipient.Erased();
          case Recipient.Known known ->
              new Recipient.Known(email, name, known.locale(), known.timeZone());
          case Recipient.Erased _ -> new Recipient.Known(email, name, null, null);
        });
  }
}
