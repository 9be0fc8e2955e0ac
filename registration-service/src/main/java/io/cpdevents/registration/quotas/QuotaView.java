package io.cpdevents.registration.quotas;

import io.cpdevents.platform.web.Versioned;
import java.util.List;
import java.util.UUID;

/**
 * A quota as members of the organization see it.
 *
 * @param version rises with each change of its terms, not with sales
 * @param placesLeft of all its ticket types together
 */
public record QuotaView(
    UUID id,
    long version,
    UUID eventId,
    String name,
    int capacity,
    int placesLeft,
    List<UUID> ticketTypeIds)
    implements Versioned {

  static QuotaView of(Quota quota) {
    QuotaTerms terms = quota.terms();
    return new QuotaView(
        quota.id(),
        quota.version(),
        quota.eventId(),
        terms.name(),
        terms.capacity(),
        terms.capacity() - quota.taken(),
        terms.ticketTypeIds());
  }
}
