package io.cpdevents.registration.tickets;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.EventStatus;
import io.cpdevents.registration.registrations.Attendee;
import io.cpdevents.registration.registrations.EventSummary;
import io.cpdevents.registration.registrations.RegistrationStatus;
import io.cpdevents.registration.registrations.TicketStatus;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ticket of a registration, with the rules for giving it to somebody else.
 *
 * @param accountId the buyer
 * @param changes how often it was given to somebody else, or its holder's name corrected
 * @param disputed whether the buyer's bank takes the payment back, so that it lets nobody in
 * @param checkedIn null when nobody has come with it
 */
record IssuedTicket(
    UUID id,
    UUID registrationId,
    UUID accountId,
    RegistrationStatus registrationStatus,
    TicketStatus status,
    String ticketTypeName,
    Attendee attendee,
    String code,
    int changes,
    boolean disputed,
    @Nullable CheckedIn checkedIn,
    EventSummary event,
    EventStatus eventStatus,
    TransferRules rules) {

  /** More than anybody needs: each of them sends mails to addresses that a buyer types. */
  static final int MAX_CHANGES = 10;

  /** When somebody came with it, and who has let them in. */
  record CheckedIn(Instant at, UUID by) {}

  /** Rises with each change. */
  long version() {
    return changes + 1L;
  }

  /** Whether its code lets somebody in, apart from the times of the doors. */
  boolean letsIn() {
    return registrationStatus == RegistrationStatus.CONFIRMED
        && status == TicketStatus.VALID
        && !disputed;
  }

  TicketStatus shownStatus() {
    return status == TicketStatus.VALID && disputed ? TicketStatus.DISPUTED : status;
  }

  /** Whether its mails go elsewhere from then on, so that who had it must not keep its code. */
  boolean goesToAnother(Attendee next) {
    return !attendee.email().equalsIgnoreCase(next.email());
  }

  /**
   * Asks that it may be given to somebody else.
   *
   * @param byOrganization whether an owner or admin gives it, whom the rules of the event do not
   *     bind
   * @throws RuleViolation {@code event-cancelled}, {@code wrong-state}, {@code already-cancelled},
   *     {@code already-checked-in}, {@code transfer-closed} or {@code too-many-transfers}
   */
  void requireTransferable(boolean byOrganization, Instant now) {
    if (eventStatus == EventStatus.CANCELLED) {
      throw RegistrationProblem.EVENT_CANCELLED.violation();
    }
    if (status == TicketStatus.CANCELLED) {
      throw RegistrationProblem.ALREADY_CANCELLED.violation();
    }
    if (registrationStatus != RegistrationStatus.CONFIRMED) {
      throw CommonProblem.WRONG_STATE.violation("The registration is not confirmed.");
    }
    if (disputed) {
      throw CommonProblem.WRONG_STATE.violation(
          "The payment is disputed: until that is over the ticket stays with its holder.");
    }
    if (checkedIn != null) {
      throw RegistrationProblem.ALREADY_CHECKED_IN.violation(
          Map.of(
              "checkedInAt", checkedIn.at().toString(),
              "checkedInBy", checkedIn.by().toString()));
    }
    boolean open =
        byOrganization ? now.isBefore(event.endsAt()) : rules.allowAt(now, event.startsAt());
    if (!open) {
      throw RegistrationProblem.TRANSFER_CLOSED.violation();
    }
    if (changes >= MAX_CHANGES) {
      throw RegistrationProblem.TOO_MANY_TRANSFERS.violation();
    }
  }
}
