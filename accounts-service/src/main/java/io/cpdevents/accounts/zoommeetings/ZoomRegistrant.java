package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.accounts.zoommeetings.ZoomRegistrantStatus.Trigger;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is to be at a meeting, known by their address's digest.
 *
 * @param idAtZoom null while they are not known to be there
 * @param attempted whether Zoom was asked to add them, so that they may be there
 */
record ZoomRegistrant(
    UUID id,
    UUID eventId,
    AddressDigest address,
    ZoomRegistrantStatus status,
    @Nullable String idAtZoom,
    boolean attempted) {

  /** The registrant once it is known whether their address has a ticket. */
  ZoomRegistrant withTickets(boolean any) {
    if (any) {
      return after(Trigger.TICKETS_HELD);
    }
    if (status == ZoomRegistrantStatus.ADDING) {
      return with(
          ZoomRegistrantStatus.TRANSITIONS
              .next(
                  status,
                  Trigger.TICKETS_LOST,
                  attempted ? ZoomRegistrantStatus.REMOVING : ZoomRegistrantStatus.REMOVED)
              .to(),
          idAtZoom,
          attempted);
    }
    return after(Trigger.TICKETS_LOST);
  }

  /** Zoom has them. */
  ZoomRegistrant added(String newIdAtZoom) {
    return switch (ZoomRegistrantStatus.TRANSITIONS.next(status, Trigger.ADDED)) {
      case Changed<ZoomRegistrantStatus>(ZoomRegistrantStatus to, _) ->
          with(to, newIdAtZoom, attempted);
      case Ignored<ZoomRegistrantStatus> _ -> this;
    };
  }

  /** Zoom has them no more. */
  ZoomRegistrant gone(Trigger trigger) {
    return switch (ZoomRegistrantStatus.TRANSITIONS.next(status, trigger)) {
      case Changed<ZoomRegistrantStatus>(ZoomRegistrantStatus to, _) -> with(to, null, false);
      case Ignored<ZoomRegistrantStatus> _ -> this;
    };
  }

  /** Whether Zoom has to be told something. */
  boolean needsWork() {
    return switch (status) {
      case ADDING, REMOVING -> true;
      case PRESENT, REMOVED -> false;
    };
  }

  private ZoomRegistrant after(Trigger trigger) {
    return switch (ZoomRegistrantStatus.TRANSITIONS.next(status, trigger)) {
      case Changed<ZoomRegistrantStatus>(ZoomRegistrantStatus to, _) ->
          with(to, idAtZoom, attempted);
      case Ignored<ZoomRegistrantStatus> _ -> this;
    };
  }

  private ZoomRegistrant with(
      ZoomRegistrantStatus newStatus, @Nullable String newIdAtZoom, boolean newAttempted) {
    return new ZoomRegistrant(id, eventId, address, newStatus, newIdAtZoom, newAttempted);
  }
}
