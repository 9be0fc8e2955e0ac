package io.cpdevents.registration;

import io.cpdevents.platform.error.ProblemCode;
import java.util.Map;

/** The codes by which this service alone refuses. */
public enum RegistrationProblem implements ProblemCode {
  EVENT_NOT_FOUND(
      Kind.NOT_FOUND,
      "The event does not exist, or you may not see it.",
      "Check the id and who is logged in."),
  TICKET_TYPE_NOT_FOUND(
      Kind.NOT_FOUND, "The event has no such ticket type.", "Read the event again."),
  REGISTRATION_NOT_FOUND(
      Kind.NOT_FOUND,
      "The registration does not exist, or you may not see it.",
      "Check the id and who is logged in."),
  TICKET_NOT_FOUND(
      Kind.NOT_FOUND, "The registration has no such ticket.", "Read the registration again."),
  TICKET_NOT_VALID(
      Kind.CONFLICT,
      "The code names no ticket of the event that lets anybody in now.",
      "Turn the person away, or look their registration up: it may be cancelled, disputed, unpaid or somebody else's by now."),
  ALREADY_CHECKED_IN(
      Kind.CONFLICT,
      "Somebody is inside with this ticket.",
      "Show `checkedInAt`, and who has let them in."),
  NOT_CHECKED_IN(
      Kind.CONFLICT, "Nobody is inside with this ticket.", "Check them in, or let them go."),
  CHECK_IN_CLOSED(
      Kind.CONFLICT,
      "People are let in from a day before the start of the event until a day after its end; scanners upload what they have seen until 30 days after it.",
      "Read the event: it says when it takes place."),
  TRANSFER_CLOSED(
      Kind.CONFLICT,
      "The organization does not let buyers give tickets of this event to others, or not any more.",
      "Show `transfers` of the ticket, or ask the organization."),
  TOO_MANY_TRANSFERS(
      Kind.CONFLICT,
      "The ticket was given to others as often as a ticket may.",
      "Cancel it and book another one."),
  NOTE_NOT_FOUND(Kind.NOT_FOUND, "The registration has no such note.", "Read its notes again."),
  TOO_MANY_NOTES(
      Kind.CONFLICT,
      "A registration has a limited number of notes.",
      "Remove one that is not needed any more."),
  CANCELLATION_NOT_FOUND(
      Kind.NOT_FOUND, "The event was not cancelled.", "Read the event: its status says how it is."),
  INCOMPLETE(
      Kind.CONFLICT,
      "The event lacks what people need to know before they register.",
      "Complete the fields that `errors` names, then publish again."),
  PLAN_LIMIT_REACHED(
      Kind.CONFLICT,
      "The plan allows no more publications in this month.",
      "Show the usage; publish next month or choose a larger plan."),
  CAPACITY_BELOW_TAKEN(
      Kind.CONFLICT,
      "More places are taken than the event would have.",
      "Choose a capacity that is not below the places taken."),
  QUOTA_BELOW_TAKEN(
      Kind.CONFLICT,
      "More places are taken than the ticket type or the shared quota would have.",
      "Choose a quota that is not below the places taken."),
  TICKET_TYPE_IN_USE(
      Kind.CONFLICT,
      "Tickets of this type were booked, or somebody has waited for them. Lower its quota or end its"
          + " sale instead.",
      "Change the ticket type instead of deleting it."),
  TOO_MANY_TICKET_TYPES(
      Kind.CONFLICT,
      "An event has a limited number of ticket types.",
      "Change or delete another ticket type."),
  QUOTA_NOT_FOUND(
      Kind.NOT_FOUND,
      "The quota does not exist, or you may not see it.",
      "Check the id and who is logged in."),
  TOO_MANY_QUOTAS(
      Kind.CONFLICT,
      "An event has a limited number of shared quotas.",
      "Change or remove another quota."),
  EVENT_CHANGED(
      Kind.CONFLICT,
      "The event is being changed at this moment; try again.",
      "Repeat the request."),
  EVENT_CANCELLED(
      Kind.CONFLICT,
      "The event was cancelled.",
      "Show that it was cancelled; it cannot be changed or booked any more."),
  EVENT_OVER(
      Kind.CONFLICT,
      "The event has been over for too long to be cancelled.",
      "Refund single registrations instead."),
  EVENT_STARTED(
      Kind.CONFLICT,
      "The event has started. The organization can still cancel for you.",
      "Ask the organization."),
  ALREADY_CANCELLED(
      Kind.CONFLICT, "These tickets were cancelled before.", "Read the registration again."),
  HOLD_IS_WHOLE(
      Kind.CONFLICT,
      "Tickets that are not paid yet can only be let go together.",
      "Cancel without `ticketIds`."),
  SOLD_OUT(
      Kind.CONFLICT,
      "Fewer places are left than you ask for.",
      "Read the event again and ask for fewer tickets."),
  WAITLIST_ENTRY_NOT_FOUND(
      Kind.NOT_FOUND,
      "The waitlist entry does not exist, or you may not see it.",
      "Check the id and who is logged in."),
  PLACES_LEFT(
      Kind.CONFLICT,
      "The places are there: nobody has to wait for them.",
      "Register instead of joining the waitlist."),
  ALREADY_WAITING(
      Kind.CONFLICT,
      "You wait for places of this event already, or are offered some.",
      "Show the entry that there is; leave it to join with other tickets."),
  NOT_OFFERED(
      Kind.CONFLICT,
      "No places are offered to this entry, or not any more.",
      "Read the entry again: its status and `offerExpiresAt` say how it is."),
  NOT_WHAT_IS_OFFERED(
      Kind.CONFLICT,
      "These are not the tickets that are offered. An offer is taken as a whole.",
      "Name an attendee for each ticket that the entry has."),
  SALES_CLOSED(
      Kind.CONFLICT,
      "Tickets of this type are not on sale at this time.",
      "Read the event: the ticket type says when it is on sale."),
  PROMO_CODE_NOT_FOUND(
      Kind.NOT_FOUND,
      "The promo code does not exist, or you may not see it.",
      "Check the id and who is logged in."),
  PROMO_CODE_TAKEN(
      Kind.CONFLICT,
      "The organization has a promo code with these letters.",
      "Choose other letters, or change the one that is there."),
  PROMO_INVALID(
      Kind.CONFLICT,
      "There is no such promo code, or it is not for these tickets or not for this time.",
      "Leave the code out, or ask for another one."),
  PROMO_EXHAUSTED(
      Kind.CONFLICT,
      "The promo code has been used as often as it may be.",
      "Leave the code out. It may become free again when somebody does not pay."),
  PROMO_ACCOUNT_LIMIT(
      Kind.CONFLICT,
      "You have used the promo code as often as one account may.",
      "Leave the code out."),
  ACCOUNT_LIMIT_REACHED(
      Kind.CONFLICT,
      "You already have as many registrations for this event as one account may have.",
      "Show the registrations that the person has."),
  HOLD_LIMIT_REACHED(
      Kind.CONFLICT,
      "You have as many unpaid registrations for this event as one account may have.",
      "Let the person pay one of them, or cancel it."),
  HOLD_TOO_LARGE(
      Kind.CONFLICT,
      "So many of the places that are left cannot be held unpaid.",
      "Show how many may be held, as the detail says, or let the person book in parts."),
  QUANTITY_TOO_LOW(
      Kind.CONFLICT,
      "A registration has more tickets of this type at least.",
      "Ask for at least as many as the ticket type's minimum."),
  QUANTITY_TOO_HIGH(
      Kind.CONFLICT,
      "A registration has fewer tickets of this type at most.",
      "Ask for no more than the ticket type's maximum."),
  TOTAL_BELOW_MINIMUM(
      Kind.CONFLICT,
      "A total that is not free must not be below what can be charged.",
      "Choose more tickets or another price.");

  private final Kind kind;
  private final String meaning;
  private final String remedy;

  RegistrationProblem(Kind kind, String meaning, String remedy) {
    this.kind = kind;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  @Override
  public String remedy() {
    return remedy;
  }

  @Override
  public Map<String, String> members() {
    return this == ALREADY_CHECKED_IN
        ? Map.of(
            "checkedInAt", "when they have come in.",
            "checkedInBy", "whose session or API key the scanner had.")
        : Map.of();
  }

  /** Codes are words, and who tries many of them guesses. */
  @Override
  public boolean isSecurityEvent() {
    return this == PROMO_INVALID || ProblemCode.super.isSecurityEvent();
  }
}
