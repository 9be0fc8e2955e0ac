package io.cpdevents.registration.registrations;

import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.contracts.registration.CancellationCause;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.MoneyGivenBack;
import io.cpdevents.platform.security.RecentProof;
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
  private final RefundRequests refundRequests;
  private final SaveCancellations saveCancellations;
  private final RecentProof recentProof;
  private final AuditTrail audit;
  private final Clock clock;

  CancelTickets(
      Registrations registrations,
      RegistrationQueries queries,
      RefundRequests refundRequests,
      SaveCancellations saveCancellations,
      RecentProof recentProof,
      AuditTrail audit,
      Clock clock) {
    this.registrations = registrations;
    this.queries = queries;
    this.refundRequests = refundRequests;
    this.saveCancellations = saveCancellations;
    this.recentProof = recentProof;
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
   * @throws RuleViolation {@code registration-not-found}, {@code step-up-required} or what {@link
   *     CancellationPlan#of} refuses
   */
  @Transactional
  public RegistrationView handle(Command command, Caller caller) {
    Instant now = clock.instant();
    // Before the registration is locked: whoever waits here holds nothing that others wait for.
    List<Money> lately =
        refundRequests.lockAskedBy(caller.accountId(), now.minus(MoneyGivenBack.SUM_TIME));
    Registration registration =
        registrations
            .lock(command.registrationId())
            .orElseThrow(() -> RegistrationProblem.REGISTRATION_NOT_FOUND.violation());
    if (!registrations.hasHistoryEntry(registration.id(), command.cancellationId())) {
      RefundConditions conditions = registrations.refundConditions(registration.id());
      RegistrationWithTickets booked = registrations.withTickets(registration);
      CancellationPlan plan =
          CancellationPlan.of(
              new Wish(command.ticketIds(), command.refund()), caller, booked, conditions, now);
      Cancellation cancellation = booked.cancel(plan.tickets(), order(plan, command, caller), now);
      if (cancellation.askedBy() != null
          && cancellation.refund() != null
          && MoneyGivenBack.isOfConsequence(lately, cancellation.refundTotal())) {
        recentProof.require(caller);
      }
      saveCancellations.handle(List.of(cancellation), now);
      requireSameMeanwhile(registration, command, conditions);
      audit(cancellation, command.refund());
    }
    return queries.get(registration.id(), caller);
  }

  private static Order order(CancellationPlan plan, Command command, Caller caller) {
    return new Order(
        command.cancellationId(),
        Ids.next(),
        plan.cause(),
        command.reason(),
        plan.terms(),
        plan.cause() == CancellationCause.ORGANIZATION ? caller.accountId() : null);
  }

  /**
   * An event that is cancelled refunds on terms of its own, and one that is moved lets go for
   * nothing. The event was read without a lock, for whoever wants places of it waits for the lock.
   * Giving places back has locked it, so what is read now stays until the commit.
   */
  private void requireSameMeanwhile(
      Registration registration, Command command, RefundConditions before) {
    RefundConditions locked = registrations.refundConditions(registration.id());
    if (locked.isEventCancelled()) {
      throw EventOnSale.eventCancelled();
    }
    boolean byPolicy = command.refund() == null || command.refund() == RefundChoice.BY_POLICY;
    if (byPolicy && !locked.equals(before)) {
      throw RegistrationProblem.EVENT_CHANGED.violation();
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
        new Change(
                Map.of("status", ContractsJson.kebabCase(cancellation.transition().from())),
                Map.of("status", ContractsJson.kebabCase(registration.status())))
            .with(
                Map.of(
                    "tickets", Integer.toString(cancellation.tickets().size()),
                    "refund",
                        ContractsJson.kebabCase(
                            Objects.requireNonNullElse(refund, RefundChoice.BY_POLICY)),
                    "refundMinor", Long.toString(cancellation.refundTotal().amountMinor()))));
  }
}
