package io.cpdevents.registration.quotas;

import io.cpdevents.platform.Ids;
import io.cpdevents.registration.events.BelongsToEvent;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The ticket types of a copied event share the same quotas. */
@Component
class CopyQuotas implements BelongsToEvent {

  private final Quotas quotas;
  private final Clock clock;

  CopyQuotas(Quotas quotas, Clock clock) {
    this.quotas = quotas;
    this.clock = clock;
  }

  @Override
  public void copy(Copying copying) {
    quotas.ofEvent(copying.fromEventId()).forEach(quota -> copy(quota, copying));
  }

  private void copy(Quota quota, Copying copying) {
    QuotaTerms terms = quota.terms();
    List<UUID> ticketTypes =
        terms.ticketTypeIds().stream()
            .map(id -> Objects.requireNonNull(copying.ticketTypes().get(id)))
            .toList();
    quotas.save(
        new Quota(
            Ids.next(),
            copying.toEventId(),
            1,
            new QuotaTerms(terms.name(), terms.capacity(), ticketTypes),
            0,
            clock.instant()));
  }
}
