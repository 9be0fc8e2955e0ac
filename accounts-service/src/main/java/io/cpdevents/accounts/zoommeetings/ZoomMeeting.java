package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.accounts.zoommeetings.ZoomMeetingStatus.Trigger;
import io.cpdevents.platform.state.Outcome.Changed;
import io.cpdevents.platform.state.Outcome.Ignored;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A published event and its meeting at Zoom.
 *
 * @param version of the event, as it was told last
 * @param revision rises with what Zoom shows of it
 * @param appliedRevision what of that Zoom has
 * @param atZoom null while it is not known to be there
 * @param attempted whether Zoom was asked to make it, so that it may be there
 * @param closed whether its end was seen to have passed
 */
record ZoomMeeting(
    UUID eventId,
    UUID organizationId,
    long version,
    Terms terms,
    ZoomMeetingStatus status,
    int revision,
    int appliedRevision,
    @Nullable AtZoom atZoom,
    boolean attempted,
    boolean closed) {

  /** What Zoom shows of the event. */
  record Terms(String title, Instant startsAt, Instant endsAt, String timeZone) {}

  /**
   * The meeting at Zoom, and whose it is there.
   *
   * @param userId as Zoom calls them
   * @param hostedBy the account of who had connected when it was made
   */
  record AtZoom(long meetingId, String userId, UUID hostedBy) {}

  /** An event of which nothing was told before. */
  static ZoomMeeting of(UUID eventId, UUID organizationId, Terms terms) {
    return new ZoomMeeting(
        eventId, organizationId, 0, terms, ZoomMeetingStatus.NONE, 1, 0, null, false, false);
  }

  /** The event as it was told; what is older than what is known changes nothing. */
  ZoomMeeting told(long newVersion, Terms newTerms, boolean online, Instant now) {
    if (newVersion <= version) {
      return this;
    }
    boolean ahead = newTerms.endsAt().isAfter(now);
    ZoomMeeting told =
        new ZoomMeeting(
            eventId,
            organizationId,
            newVersion,
            newTerms,
            status,
            newTerms.equals(terms) ? revision : revision + 1,
            appliedRevision,
            atZoom,
            attempted,
            closed && !ahead);
    if (!online) {
      return told.dropped();
    }
    return ahead ? told.required() : told;
  }

  private ZoomMeeting required() {
    return status == ZoomMeetingStatus.UNWANTED
        ? chosen(
            Trigger.REQUIRED, atZoom == null ? ZoomMeetingStatus.WANTED : ZoomMeetingStatus.PRESENT)
        : after(Trigger.REQUIRED);
  }

  private ZoomMeeting dropped() {
    return status == ZoomMeetingStatus.WANTED
        ? chosen(Trigger.DROPPED, attempted ? ZoomMeetingStatus.UNWANTED : ZoomMeetingStatus.NONE)
        : after(Trigger.DROPPED);
  }

  /**
   * Zoom has it.
   *
   * @param madeRevision what it shows of the event; 0: something that may be older
   */
  ZoomMeeting made(AtZoom made, int madeRevision) {
    return switch (ZoomMeetingStatus.TRANSITIONS.next(status, Trigger.MADE)) {
      case Changed<ZoomMeetingStatus>(ZoomMeetingStatus to, _) ->
          with(to, madeRevision, made, attempted, closed);
      case Ignored<ZoomMeetingStatus> _ -> this;
    };
  }

  /** Zoom shows this revision of it. */
  ZoomMeeting shown(int shownRevision) {
    return with(status, shownRevision, atZoom, attempted, closed);
  }

  ZoomMeeting asked() {
    return with(status, appliedRevision, atZoom, true, closed);
  }

  /** Zoom has it no more. */
  ZoomMeeting gone(Trigger trigger) {
    return switch (ZoomMeetingStatus.TRANSITIONS.next(status, trigger)) {
      case Changed<ZoomMeetingStatus>(ZoomMeetingStatus to, _) -> with(to, 0, null, false, closed);
      case Ignored<ZoomMeetingStatus> _ -> this;
    };
  }

  /** The event is over. */
  ZoomMeeting ended() {
    ZoomMeetingStatus to =
        switch (ZoomMeetingStatus.TRANSITIONS.next(status, Trigger.EVENT_ENDED)) {
          case Changed<ZoomMeetingStatus>(ZoomMeetingStatus next, _) -> next;
          case Ignored<ZoomMeetingStatus> _ -> status;
        };
    return to == ZoomMeetingStatus.NONE
        ? with(to, 0, null, false, true)
        : with(to, appliedRevision, atZoom, attempted, true);
  }

  /** Whether Zoom has to be told something. */
  boolean needsWork() {
    return switch (status) {
      case WANTED, UNWANTED -> true;
      case PRESENT -> appliedRevision != revision;
      case NONE, OVER -> false;
    };
  }

  private ZoomMeeting after(Trigger trigger) {
    return switch (ZoomMeetingStatus.TRANSITIONS.next(status, trigger)) {
      case Changed<ZoomMeetingStatus>(ZoomMeetingStatus to, _) ->
          with(to, appliedRevision, atZoom, attempted, closed);
      case Ignored<ZoomMeetingStatus> _ -> this;
    };
  }

  private ZoomMeeting chosen(Trigger trigger, ZoomMeetingStatus to) {
    return with(
        ZoomMeetingStatus.TRANSITIONS.next(status, trigger, to).to(),
        appliedRevision,
        atZoom,
        attempted,
        closed);
  }

  private ZoomMeeting with(
      ZoomMeetingStatus newStatus,
      int newAppliedRevision,
      @Nullable AtZoom newAtZoom,
      boolean newAttempted,
      boolean newClosed) {
    return new ZoomMeeting(
        eventId,
        organizationId,
        version,
        terms,
        newStatus,
        revision,
        newAppliedRevision,
        newAtZoom,
        newAttempted,
        newClosed);
  }
}
