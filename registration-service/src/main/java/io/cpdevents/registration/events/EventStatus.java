package io.cpdevents.registration.events;

import io.cpdevents.contracts.registration.EventEvent.EventChanged;
import io.cpdevents.platform.state.Transitions;

/** The states of an event, and the table of its state changes. */
public enum EventStatus {
  /** Only its organization sees it. */
  DRAFT,
  /** Everybody sees it, and people can register for it. */
  PUBLISHED;

  /** Every change of an event's state. */
  public static final Transitions<EventStatus, Trigger> TRANSITIONS =
      Transitions.named("event", EventStatus.class, Trigger.class)
          .row(DRAFT, Trigger.PUBLISHED, PUBLISHED, "its places go on sale", EventChanged.class)
          .ignored(PUBLISHED, Trigger.PUBLISHED, "it was published before")
          .build();

  /** What changes the state of an event. */
  public enum Trigger {
    PUBLISHED
  }
}
