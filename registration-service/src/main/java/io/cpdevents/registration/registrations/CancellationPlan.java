package io.cpdevents.registration.registrations;

import io.cpdevents.contracts.registration.CancellationCause;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.RefundPolicy.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody may cancel, and on which terms.
 *
 * @param tickets those that are cancelled
 * @param tier of the refund policy, by which it is refunded at this moment; null when none is open,
 *     or nothing was paid, or more goes back because the event was moved
 * @param freeUntil until when everything goes back because the event was moved; null when it was
 *     not, or that is over, or nothing was paid
 */
record CancellationPlan(
    CancellationCause cause,
    List<Ticket> tickets,
    @Nullable Tier tier,
    @Nullable Instant freeUntil,
    RefundTerms terms) {

  /**
   * What somebody asks for.
   *
   * @param ticketIds null: all tickets of the registration
   * @param refund null: as the refund policy says; only an organization may ask for something else
   */
  record Wish(@Nullable Set<UUID> ticketIds, @Nullable RefundChoice refund) {}

  /**
   * The plan for a wish.
   *
   * @throws RuleViolation {@code registration-not-found}, {@code role-missing}, {@code
   *     ticket-not-found}, {@code already-cancelled}, {@code hold-is-whole}, {@code wrong-state},
   *     {@code event-cancelled} or {@code event-started}
   */
  static CancellationPlan of(
      Wish wish,
      Caller caller,
      RegistrationWithTickets booked,
      RefundConditions conditions,
      Instant now) {
    Registration registration = booked.registration();
    CancellationCause cause = cause(wish, caller, registration);
    List<Ticket> tickets = booked.choose(wish.ticketIds());
    if (conditions.isEventCancelled()) {
      throw EventOnSale.eventCancelled();
    }
    boolean confirmed = registration.status() == RegistrationStatus.CONFIRMED;
    if (cause == CancellationCause.ATTENDEE && confirmed && conditions.hasStarted(now)) {
      throw RegistrationProblem.EVENT_STARTED.violation();
    }
    Tier tier = registration.isPaid() ? conditions.tierAt(now).orElse(null) : null;
    Instant freeUntil = registration.isPaid() ? conditions.freeUntil(now).orElse(null) : null;
    RefundTerms byPolicy = freeUntil == null ? RefundTerms.of(tier) : RefundTerms.everything();
    boolean byTier = freeUntil == null || (tier != null && tier.returnsEverything());
    return new CancellationPlan(
        cause, tickets, byTier ? tier : null, freeUntil, terms(wish, byPolicy));
  }

  /**
   * Whoever has booked acts as the buyer, also as an owner or admin of the organization, unless the
   * wish is one that only an organization has.
   */
  private static CancellationCause cause(Wish wish, Caller caller, Registration registration) {
    UUID organizationId = registration.organizationId();
    boolean bought = registration.accountId().equals(caller.accountId());
    if (bought && wish.refund() == null) {
      return CancellationCause.ATTENDEE;
    }
    if (bought && !caller.hasRole(organizationId, OrganizationRole.ADMIN)) {
      throw CommonProblem.ROLE_MISSING.violation();
    }
    caller.requireRole(
        organizationId, RegistrationProblem.REGISTRATION_NOT_FOUND, OrganizationRole.ADMIN);
    return CancellationCause.ORGANIZATION;
  }

  private static RefundTerms terms(Wish wish, RefundTerms byPolicy) {
    return switch (Objects.requireNonNullElse(wish.refund(), RefundChoice.BY_POLICY)) {
      case BY_POLICY -> byPolicy;
      case FULL -> RefundTerms.everything();
      case NONE -> RefundTerms.nothing();
    };
  }
}
