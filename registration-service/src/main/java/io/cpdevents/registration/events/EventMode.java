package io.cpdevents.registration.events;

/** How an event is attended. */
public enum EventMode {
  IN_PERSON,
  ONLINE,
  HYBRID;

  /** Whether people have to be told where to go. */
  boolean needsVenue() {
    return this != ONLINE;
  }
}
