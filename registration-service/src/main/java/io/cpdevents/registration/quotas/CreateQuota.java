package io.cpdevents.registration.quotas;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.EventsForQuotas;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin limits what several ticket types of an event sell together. */
@Component
public class CreateQuota {

  private static final int MAX_QUOTAS_PER_EVENT = 20;

  private final EventsForQuotas events;
  private final Quotas quotas;
  private final QuotaEditing editing;
  private final QuotaQueries queries;
  private final Clock clock;

  CreateQuota(
      EventsForQuotas events,
      Quotas quotas,
      QuotaEditing editing,
      QuotaQueries queries,
      Clock clock) {
    this.events = events;
    this.quotas = quotas;
    this.editing = editing;
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * A quota to make.
   *
   * @param quotaId the same when the same request comes again
   */
  public record Command(UUID quotaId, UUID eventId, QuotaTerms terms) {}

  /**
   * Makes the quota.
   *
   * @throws RuleViolation {@code event-not-found}, {@code role-missing}, {@code event-cancelled},
   *     {@code invalid-request}, {@code quota-below-taken} or {@code too-many-quotas}
   */
  @Transactional
  public QuotaView handle(Command command, Caller caller) {
    events.lock(command.eventId(), caller);
    if (quotas.find(command.quotaId()).isEmpty()) {
      if (quotas.ofEvent(command.eventId()).size() >= MAX_QUOTAS_PER_EVENT) {
        throw RegistrationProblem.TOO_MANY_QUOTAS.violation(
            "An event has at most %d shared quotas.".formatted(MAX_QUOTAS_PER_EVENT));
      }
      editing.save(
          "quota.added",
          null,
          new Quota(command.quotaId(), command.eventId(), 1, command.terms(), 0, clock.instant()));
    }
    return queries.get(command.quotaId(), caller);
  }
}
