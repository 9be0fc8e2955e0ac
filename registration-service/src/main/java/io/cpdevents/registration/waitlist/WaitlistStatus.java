package io.cpdevents.registration.waitlist;

import io.cpdevents.contracts.registration.WaitlistEvent.OfferExpired;
import io.cpdevents.contracts.registration.WaitlistEvent.PlacesOffered;
import io.cpdevents.contracts.registration.WaitlistEvent.WaitlistEntryMoved;
import io.cpdevents.platform.state.Transitions;

/** The states of somebody who waits for places, and the table of their changes. */
public enum WaitlistStatus {
  /** No places that fit have come back yet. */
  WAITING,
  /** Places are held for it. */
  OFFERED,
  /** The offer became a registration. */
  ACCEPTED,
  /** The person did not want the offer. */
  DECLINED,
  /** The offer was not answered in time, or the event is over. */
  EXPIRED,
  /** The person does not wait any more. */
  LEFT;

  /** Every change of state; what comes late or twice is a row too. */
  public static final Transitions<WaitlistStatus, Trigger> TRANSITIONS =
      Transitions.named("waitlist-entry", WaitlistStatus.class, Trigger.class)
          .row(
              WAITING,
              Trigger.PLACES_OFFERED,
              OFFERED,
              "places that came back fit, and nobody before it can use them",
              PlacesOffered.class)
          .refused(OFFERED, Trigger.PLACES_OFFERED, "places are held for it already")
          .refused(ACCEPTED, Trigger.PLACES_OFFERED, "it does not wait any more")
          .refused(DECLINED, Trigger.PLACES_OFFERED, "it does not wait any more")
          .refused(EXPIRED, Trigger.PLACES_OFFERED, "it does not wait any more")
          .refused(LEFT, Trigger.PLACES_OFFERED, "it does not wait any more")
          .row(OFFERED, Trigger.OFFER_ACCEPTED, ACCEPTED, "the places are a registration's now")
          .refused(WAITING, Trigger.OFFER_ACCEPTED, "nothing is offered")
          .refused(ACCEPTED, Trigger.OFFER_ACCEPTED, "it was accepted before")
          .refused(DECLINED, Trigger.OFFER_ACCEPTED, "its places were given back")
          .refused(EXPIRED, Trigger.OFFER_ACCEPTED, "its places were given back")
          .refused(LEFT, Trigger.OFFER_ACCEPTED, "nothing is offered")
          .row(WAITING, Trigger.LET_GO, LEFT, "the person does not wait any more")
          .row(OFFERED, Trigger.LET_GO, DECLINED, "the places go to the next one")
          .refused(ACCEPTED, Trigger.LET_GO, "it is a registration now")
          .ignored(DECLINED, Trigger.LET_GO, "it was declined before")
          .ignored(EXPIRED, Trigger.LET_GO, "its time was over before")
          .ignored(LEFT, Trigger.LET_GO, "it had left before")
          .row(
              OFFERED,
              Trigger.OFFER_ENDED,
              EXPIRED,
              "nobody answered in time: the places go to the next one",
              OfferExpired.class)
          .ignored(WAITING, Trigger.OFFER_ENDED, "nothing is offered")
          .ignored(ACCEPTED, Trigger.OFFER_ENDED, "it was accepted in time")
          .ignored(DECLINED, Trigger.OFFER_ENDED, "it was declined before")
          .ignored(EXPIRED, Trigger.OFFER_ENDED, "it has expired before")
          .ignored(LEFT, Trigger.OFFER_ENDED, "nothing is offered")
          .row(
              WAITING,
              Trigger.MOVED,
              WAITING,
              "the organization gives it another position",
              WaitlistEntryMoved.class)
          .refused(OFFERED, Trigger.MOVED, "places are held for it already")
          .refused(ACCEPTED, Trigger.MOVED, "it does not wait any more")
          .refused(DECLINED, Trigger.MOVED, "it does not wait any more")
          .refused(EXPIRED, Trigger.MOVED, "it does not wait any more")
          .refused(LEFT, Trigger.MOVED, "it does not wait any more")
          .row(
              WAITING,
              Trigger.PUT_BEHIND,
              WAITING,
              "offers were let go where it comes from: it is served after all others")
          .refused(OFFERED, Trigger.PUT_BEHIND, "places are held for it already")
          .refused(ACCEPTED, Trigger.PUT_BEHIND, "it does not wait any more")
          .refused(DECLINED, Trigger.PUT_BEHIND, "it does not wait any more")
          .refused(EXPIRED, Trigger.PUT_BEHIND, "it does not wait any more")
          .refused(LEFT, Trigger.PUT_BEHIND, "it does not wait any more")
          .row(WAITING, Trigger.EVENT_ENDED, EXPIRED, "the event is over or cancelled")
          .row(OFFERED, Trigger.EVENT_ENDED, EXPIRED, "the event is over or cancelled")
          .ignored(ACCEPTED, Trigger.EVENT_ENDED, "it does not wait any more")
          .ignored(DECLINED, Trigger.EVENT_ENDED, "it does not wait any more")
          .ignored(EXPIRED, Trigger.EVENT_ENDED, "it does not wait any more")
          .ignored(LEFT, Trigger.EVENT_ENDED, "it does not wait any more")
          .build();

  /** What changes the state of an entry. */
  public enum Trigger {
    /** Places that fit came back and are held for it. */
    PLACES_OFFERED,
    /** The person takes what is offered. */
    OFFER_ACCEPTED,
    /** The person leaves the list, or declines. */
    LET_GO,
    /** The time of the offer is over. */
    OFFER_ENDED,
    /** The organization moves it. */
    MOVED,
    /** It is its turn, and its account or network has let offers of the event go. */
    PUT_BEHIND,
    /** The event is over, or was cancelled. */
    EVENT_ENDED
  }
}
