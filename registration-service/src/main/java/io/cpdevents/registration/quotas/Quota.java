package io.cpdevents.registration.quotas;

import java.time.Instant;
import java.util.UUID;

/**
 * A limit that several ticket types of an event share.
 *
 * @param version rises by one with each change of its terms
 * @param taken the places of its ticket types that are held, confirmed or offered
 */
record Quota(UUID id, UUID eventId, long version, QuotaTerms terms, int taken, Instant createdAt) {

  /** The quota with other terms. */
  Quota changed(QuotaTerms newTerms) {
    newTerms.requireRules();
    return new Quota(id, eventId, version + 1, newTerms, taken, createdAt);
  }
}
