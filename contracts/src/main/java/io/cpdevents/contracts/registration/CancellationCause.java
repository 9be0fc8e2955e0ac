package io.cpdevents.contracts.registration;

/** Who or what cancelled a registration or tickets of it. */
public enum CancellationCause {
  /** The person who booked. */
  ATTENDEE,
  /** The organization cancelled this registration, or tickets of it. */
  ORGANIZATION,
  /** The organization cancelled the whole event. */
  EVENT
}
