package io.cpdevents.registration.quotas;

import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.registration.events.EventsForQuotas;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An owner or admin lifts a limit that ticket types have shared. */
@Component
public class RemoveQuota {

  private final QuotaEditing editing;
  private final Quotas quotas;
  private final EventsForQuotas events;

  RemoveQuota(QuotaEditing editing, Quotas quotas, EventsForQuotas events) {
    this.editing = editing;
    this.quotas = quotas;
    this.events = events;
  }

  /**
   * Which quota.
   *
   * @param seen the version that the caller has seen
   */
  public record Command(UUID quotaId, IfMatch seen) {}

  /**
   * Removes the quota.
   *
   * @throws RuleViolation {@code quota-not-found}, {@code role-missing}, {@code event-cancelled} or
   *     {@code changed-meanwhile}
   */
  @Transactional
  public void handle(Command command, Caller caller) {
    Quota before = editing.lock(command.quotaId(), caller);
    command.seen().require(before.version());
    quotas.delete(before.id());
    events.save(
        before.eventId(), "quota.removed", before.id(), Change.between(before.terms(), null));
  }
}
