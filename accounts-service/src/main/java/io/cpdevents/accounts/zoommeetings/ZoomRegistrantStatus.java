package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.platform.state.Transitions;

/** The state of a registrant of a meeting, and the table of its changes. */
public enum ZoomRegistrantStatus {
  /** Has a ticket, and Zoom has still to be told. */
  ADDING,
  /** Is at Zoom, which has sent them their link. */
  PRESENT,
  /** Has no ticket any more, and Zoom has still to be told. */
  REMOVING,
  /** Is not at Zoom; the row is removed. */
  REMOVED;

  /** Every change of a registrant's state. */
  static final Transitions<ZoomRegistrantStatus, Trigger> TRANSITIONS =
      Transitions.named("zoom-registrant", ZoomRegistrantStatus.class, Trigger.class)
          .ignored(ADDING, Trigger.TICKETS_HELD, "it was to be added before")
          .ignored(PRESENT, Trigger.TICKETS_HELD, "it is there")
          .row(REMOVING, Trigger.TICKETS_HELD, ADDING, "the address has a ticket again")
          .ignored(REMOVED, Trigger.TICKETS_HELD, "another one takes its place")
          .row(ADDING, Trigger.TICKETS_LOST, REMOVED, "Zoom was not asked to add it")
          .row(ADDING, Trigger.TICKETS_LOST, REMOVING, "whether it was added is not known")
          .row(PRESENT, Trigger.TICKETS_LOST, REMOVING, "the address has no ticket any more")
          .ignored(REMOVING, Trigger.TICKETS_LOST, "it was to be removed before")
          .ignored(REMOVED, Trigger.TICKETS_LOST, "it was removed before")
          .row(ADDING, Trigger.ADDED, PRESENT, "Zoom has answered, or it was found there")
          .ignored(PRESENT, Trigger.ADDED, "it is known")
          .row(REMOVING, Trigger.ADDED, REMOVING, "its tickets were lost meanwhile")
          .ignored(REMOVED, Trigger.ADDED, "its meeting was lost meanwhile")
          .row(ADDING, Trigger.DELETED, ADDING, "it has a ticket again: it is added anew")
          .ignored(PRESENT, Trigger.DELETED, "it was added anew before")
          .row(REMOVING, Trigger.DELETED, REMOVED, "Zoom has deleted it, or did not know it")
          .ignored(REMOVED, Trigger.DELETED, "it was removed before")
          .row(ADDING, Trigger.MEETING_LOST, ADDING, "it is added to the next one")
          .row(PRESENT, Trigger.MEETING_LOST, ADDING, "it is added to the next one")
          .row(REMOVING, Trigger.MEETING_LOST, REMOVED, "it is not at the next one")
          .ignored(REMOVED, Trigger.MEETING_LOST, "it was removed before")
          .build();

  /** What changes a registrant's state. */
  enum Trigger {
    /** Its address has a ticket that is valid. */
    TICKETS_HELD,
    /** Its address has none. */
    TICKETS_LOST,
    ADDED,
    DELETED,
    /** The meeting is not at Zoom any more. */
    MEETING_LOST
  }
}
