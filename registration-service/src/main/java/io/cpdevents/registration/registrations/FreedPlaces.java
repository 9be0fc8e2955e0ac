package io.cpdevents.registration.registrations;

import java.util.List;
import java.util.UUID;

/**
 * Places that a registration gives back.
 *
 * @param registrationId the one that gives them back
 * @param accountId the buyer
 * @param ticketTypeIds the ticket type of each place
 * @param wholeRegistration whether the registration has none left, so that it does not count
 *     against the limit of its account any more, nor as a use of its promo code
 */
record FreedPlaces(
    UUID registrationId,
    UUID eventId,
    UUID accountId,
    List<UUID> ticketTypeIds,
    boolean wholeRegistration) {

  /** All places of a registration. */
  static FreedPlaces all(Registration registration, List<Ticket> tickets) {
    return new FreedPlaces(
        registration.id(),
        registration.eventId(),
        registration.accountId(),
        tickets.stream().map(Ticket::ticketTypeId).toList(),
        true);
  }
}
