package io.cpdevents.registration.registrations;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.registration.CancellationCause;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.registrations.Cancellation.Order;
import io.cpdevents.registration.registrations.CancellationPlan.Wish;
import io.cpdevents.registration.registrations.RegistrationStatus.Trigger;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A buyer lets go of a hold or cancels tickets, or the organization cancels them: their places go
 * back on sale at once, and what is due goes back to the buyer.
 */
@Component
public class CancelTickets {

  private final Registrations registrations;
  private final RegistrationQueries queries;
  private final SaveCancellations saveCancellations;
  private final AuditTrail audit;
  private final Clock clock;

  CancelTickets(
      Registrations registrations,
      RegistrationQueries queries,
      SaveCancellations saveCancellations,
      AuditTrail audit,
      Clock clock) {
    this.registrations = registrations;
    this.queries = queries;
    this.saveCancellations = saveCancellations;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Tickets to cancel.
   *
   * @param cancellationId the same when the same request comes again
   * @param ticketIds null: all tickets of the registration
   * @param refund null: as the refund policy says; only an organization may ask for something else
   */
  public record Command(
      UUID cancellationId,
      UUID registrationId,
      @Nullable Set<UUID> ticketIds,
      @Nullable RefundChoice refund,
      @Nullable String reason) {}

  /**
   * Cancels the tickets; a request that comes again finds them cancelled.
   *
   * @return the registration as it is then
   * @throws RuleViolation {@code registration-not-found} or what {@link CancellationPlan#of}
   *     refuses
   */
  @Transactional
  public RegistrationView handle(Command command, Caller caller) {
    Registration registration =
        registrations
            .lock(command.registrationId())
            .orElseThrow(() -> RegistrationProblem.REGISTRATION_NOT_FOUND.violation());
    if (!registrations.hasHistoryEntry(registration.id(), command.cancellationId())) {
      cancel(registration, command, caller);
    }
    return queries.get(registration.id(), caller);
  }

  private void cancel(Registration registration, Command command, Caller caller) {
    Instant now = clock.instant();
    RegistrationWithTickets booked = registrations.withTickets(registration);
    RefundConditions conditions = registrations.refundConditions(registration.id());
    Wish wish = new Wish(command.ticketIds(), command.refund());
    CancellationPlan plan = CancellationPlan.of(wish, caller, booked, conditions, now);
    Order order =
        new Order(
            command.cancellationId(), Ids.next(), plan.cause(), command.reason(), plan.terms());
    Cancellation cancellation = booked.cancel(plan.tickets(), order, now);
    saveCancellations.handle(List.of(cancellation), now);
    requireEventNotCancelledMeanwhile(registration);
    if (plan.cause() == CancellationCause.ORGANIZATION) {
      audit(cancellation, command.refund());
    }
  }

  /**
   * An event that is cancelled refunds on terms of its own. The event was read without a lock, for
   * whoever wants places of it waits for the lock. Giving places back has locked it, so what is
   * read now stays until the commit.
   */
  private void requireEventNotCancelledMeanwhile(Registration registration) {
    if (registrations.refundConditions(registration.id()).isEventCancelled()) {
      throw EventOnSale.eventCancelled();
    }
  }

  private void audit(Cancellation cancellation, @Nullable RefundChoice refund) {
    Registration registration = cancellation.transition().registration();
    boolean whole = cancellation.transition().trigger() == Trigger.CANCELLED;
    audit.record(
        whole ? "registration.cancelled" : "tickets.cancelled",
        "registration",
        registration.id().toString(),
        registration.organizationId(),
        Map.of(
            "tickets", Integer.toString(cancellation.tickets().size()),
            "refund",
                ContractsJson.kebabCase(Objects.requireNonNullElse(refund, RefundChoice.BY_POLICY)),
            "refundMinor", Long.toString(cancellation.refundTotal().amountMinor())));
  }
}
