package io.cpdevents.registration.waitlist;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of an entry, or of its position by what others did.
 *
 * @param position from then on, 1 is the first; null when it does not wait any more
 * @param note what the organizer typed who moved it; null when nobody has moved it
 */
public record WaitlistChange(
    Instant at, @Nullable Integer position, Reason reason, @Nullable String note) {

  /** Why. */
  public enum Reason {
    JOINED,
    /** Places are held for it. */
    OFFERED,
    ACCEPTED,
    /** The person has left the list, or declined what was offered. */
    LEFT,
    OFFER_EXPIRED,
    /** The organization gave it another position. */
    MOVED,
    /** Its account or network has let offers go: it is served after all others. */
    PUT_BEHIND,
    /** The event is over or was cancelled. */
    EVENT_ENDED,
    /** Somebody before it was offered places. */
    OTHER_OFFERED,
    /** Somebody before it waits no more. */
    OTHER_LEFT,
    /** Somebody else got another position. */
    OTHER_MOVED,
    /** Somebody joined who is served before it. */
    OTHER_JOINED
  }
}
