package io.cpdevents.registration.events;

import io.cpdevents.contracts.registration.EventEvent.EventChanged;
import io.cpdevents.platform.state.Transitions;

/** The states of an event, and the table of its state changes. */
public enum EventStatus {
  /** Only its organization sees it. */
  DRAFT,
  /** Everybody sees it, and people can register for it. */
  PUBLISHED,
  /** It does not take place. Everybody sees that; nobody can register, and nothing changes. */
  CANCELLED;

  /** Every change of an event's state. */
  public static final Transitions<EventStatus, Trigger> TRANSITIONS =
      Transitions.named("event", EventStatus.class, Trigger.class)
          .row(DRAFT, Trigger.PUBLISHED, PUBLISHED, "its places go on sale", EventChanged.class)
          .ignored(PUBLISHED, Trigger.PUBLISHED, "it was published before")
          .refused(CANCELLED, Trigger.PUBLISHED, "a cancelled event stays cancelled")
          .refused(DRAFT, Trigger.CANCELLED, "nobody has seen it or registered for it")
          .row(
              PUBLISHED,
              Trigger.CANCELLED,
              CANCELLED,
              "nothing is sold any more, and all its registrations are cancelled",
              EventChanged.class)
          .refused(CANCELLED, Trigger.CANCELLED, "it was cancelled before")
          .build();

  /** What changes the state of an event. */
  public enum Trigger {
    PUBLISHED,
    CANCELLED
  }
}
