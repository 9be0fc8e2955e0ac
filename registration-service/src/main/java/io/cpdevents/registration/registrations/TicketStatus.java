package io.cpdevents.registration.registrations;

/** Whether a ticket is good for the entrance, once its registration is confirmed. */
public enum TicketStatus {
  VALID,
  /** Its place was given back. */
  CANCELLED,
  /** The buyer's bank takes the whole payment back, or has taken it for good. */
  DISPUTED
}
