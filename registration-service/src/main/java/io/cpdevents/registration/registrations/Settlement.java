package io.cpdevents.registration.registrations;

import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;

/** What a captured payment leads to. */
sealed interface Settlement {

  /** It pays for the places. */
  record Confirmed(Transition transition) implements Settlement {}

  /** It pays for nothing, so the money goes back. */
  record RefundDue(Transition transition, RefundRequested request) implements Settlement {}

  /** It was settled before: the message is a repeat. */
  record SettledBefore() implements Settlement {}
}
