package io.cpdevents.registration.events;

import io.cpdevents.platform.state.Transitions;

/** Where an event stands, and the table of its state changes. */
public enum EventStatus {
  /** Only its organization sees it. */
  DRAFT,
  /** Everybody sees it, and its places can be taken. */
  PUBLISHED;

  static final Transitions<EventStatus, Trigger> TRANSITIONS =
      Transitions.<EventStatus, Trigger>named("event")
          .row(DRAFT, Trigger.PUBLISHED, PUBLISHED, "its places go on sale")
          .ignored(PUBLISHED, Trigger.PUBLISHED, "it was published before")
          .build();

  /** What moves an event. */
  enum Trigger {
    PUBLISHED
  }
}
