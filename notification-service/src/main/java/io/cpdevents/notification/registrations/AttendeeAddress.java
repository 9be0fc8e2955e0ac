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
        .flatMap(ticket ->
            buyer.map(person ->
                switch (person) {
                  case Recipient _ when ticket.attendeeEmail().endsWith(ERASED) ->
                      new Recipient.Erased();
                  case Recipient.Known known ->
                      new Recipient.Known(
                          ticket.attendeeEmail(),
                          ticket.attendeeName(),
                          known.locale(),
                          known.timeZone());
                  case Recipient.Erased _ ->
                      new Recipient.Known(
                          ticket.attendeeEmail(), ticket.attendeeName(), null, null);
                }));
  }
}
