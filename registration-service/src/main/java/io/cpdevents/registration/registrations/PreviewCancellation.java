package io.cpdevents.registration.registrations;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.registrations.CancellationPlan.Wish;
import io.cpdevents.registration.registrations.CancellationPreview.TicketPreview;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A buyer or the organization asks what would go back, and why, before cancelling tickets. */
@Component
public class PreviewCancellation {

  private final Registrations registrations;
  private final Clock clock;

  PreviewCancellation(Registrations registrations, Clock clock) {
    this.registrations = registrations;
    this.clock = clock;
  }

  /**
   * Tickets that might be cancelled.
   *
   * @param ticketIds null: all tickets of the registration
   */
  public record Command(UUID registrationId, @Nullable Set<UUID> ticketIds) {}

  /**
   * Says what a cancellation by the refund policy would give back at this moment.
   *
   * @throws RuleViolation {@code registration-not-found} or what {@link CancellationPlan#of}
   *     refuses
   */
  public CancellationPreview handle(Command command, Caller caller) {
    RegistrationWithTickets booked =
        registrations
            .find(command.registrationId())
            .map(registrations::withTickets)
            .orElseThrow(() -> RegistrationProblem.REGISTRATION_NOT_FOUND.violation());
    RefundConditions conditions = registrations.refundConditions(command.registrationId());
    Wish wish = new Wish(command.ticketIds(), null);
    CancellationPlan plan = CancellationPlan.of(wish, caller, booked, conditions, clock.instant());
    Map<UUID, Money> refunds = booked.refunds(plan.terms());
    List<TicketPreview> tickets =
        plan.tickets().stream()
            .map(ticket ->
                new TicketPreview(
                    ticket.id(),
                    booked.paidFor(ticket),
                    ticket.leftOf(Objects.requireNonNull(refunds.get(ticket.id())))))
            .toList();
    return CancellationPreview.of(tickets, plan.tier(), plan.freeUntil());
  }
}
