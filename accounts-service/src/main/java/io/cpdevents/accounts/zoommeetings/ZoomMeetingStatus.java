package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.platform.state.Transitions;

/** The state of an event's meeting at Zoom, and the table of its changes. */
public enum ZoomMeetingStatus {
  /**
   * There is to be none: the event is not online, was cancelled, or was over before one was made.
   */
  NONE,
  /** There is to be one, as soon as the organization is connected. */
  WANTED,
  /** It is at Zoom. */
  PRESENT,
  /** It is, or may be, at Zoom, and is to be deleted. */
  UNWANTED,
  /** The event is over; its meeting stays at Zoom. */
  OVER;

  /** Every change of a meeting's state. */
  static final Transitions<ZoomMeetingStatus, Trigger> TRANSITIONS =
      Transitions.named("zoom-meeting", ZoomMeetingStatus.class, Trigger.class)
          .row(NONE, Trigger.REQUIRED, WANTED, "the event is online")
          .ignored(WANTED, Trigger.REQUIRED, "it is still to be made")
          .ignored(PRESENT, Trigger.REQUIRED, "it is there")
          .row(UNWANTED, Trigger.REQUIRED, PRESENT, "it was not deleted yet")
          .row(UNWANTED, Trigger.REQUIRED, WANTED, "whether it was made is not known")
          .row(OVER, Trigger.REQUIRED, PRESENT, "the event's end was moved")
          .ignored(NONE, Trigger.DROPPED, "there is none")
          .row(WANTED, Trigger.DROPPED, NONE, "Zoom was not asked for it")
          .row(WANTED, Trigger.DROPPED, UNWANTED, "whether it was made is not known")
          .row(PRESENT, Trigger.DROPPED, UNWANTED, "the event was cancelled, or is not online")
          .ignored(UNWANTED, Trigger.DROPPED, "it was dropped before")
          .ignored(OVER, Trigger.DROPPED, "people have been there")
          .ignored(NONE, Trigger.MADE, "the event was over before Zoom answered")
          .row(WANTED, Trigger.MADE, PRESENT, "Zoom has answered, or it was found there")
          .ignored(PRESENT, Trigger.MADE, "it is known")
          .row(UNWANTED, Trigger.MADE, UNWANTED, "it was dropped meanwhile: it is deleted next")
          .ignored(OVER, Trigger.MADE, "it is known")
          .ignored(NONE, Trigger.LOST, "there is none")
          .ignored(WANTED, Trigger.LOST, "it was lost before")
          .row(PRESENT, Trigger.LOST, WANTED, "somebody has deleted it at Zoom, or connected anew")
          .row(UNWANTED, Trigger.LOST, NONE, "somebody has deleted it at Zoom")
          .ignored(OVER, Trigger.LOST, "nothing is done with it any more")
          .ignored(NONE, Trigger.DELETED, "it was deleted before")
          .ignored(WANTED, Trigger.DELETED, "there is none")
          .row(PRESENT, Trigger.DELETED, WANTED, "it was required again while it was deleted")
          .row(UNWANTED, Trigger.DELETED, NONE, "Zoom has deleted it")
          .ignored(OVER, Trigger.DELETED, "people have been there")
          .ignored(NONE, Trigger.EVENT_ENDED, "there is none")
          .row(WANTED, Trigger.EVENT_ENDED, NONE, "it comes too late")
          .row(PRESENT, Trigger.EVENT_ENDED, OVER, "the event is over")
          .row(UNWANTED, Trigger.EVENT_ENDED, NONE, "its time is over as well")
          .ignored(OVER, Trigger.EVENT_ENDED, "it has ended before")
          .build();

  /** What changes a meeting's state. */
  enum Trigger {
    /** The event is published, online and ahead. */
    REQUIRED,
    /** The event was cancelled, or is not online any more. */
    DROPPED,
    /** Zoom has it. */
    MADE,
    /** Zoom does not know it, or not for whom the organization is connected by now. */
    LOST,
    DELETED,
    /** The time of the event has passed. */
    EVENT_ENDED
  }
}
