package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.accounts.zoommeetings.ZoomMeeting.AtZoom;
import io.cpdevents.accounts.zoommeetings.ZoomRegistrantStatus.Trigger;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Zoom does not know an event's meeting any more, or it is that of somebody for whom the
 * organization was connected before: if the event still needs one, another one is made, with all
 * registrants.
 */
@Component
class LoseMeeting {

  private final ZoomMeetings meetings;
  private final ZoomRegistrants registrants;
  private final Clock clock;

  LoseMeeting(ZoomMeetings meetings, ZoomRegistrants registrants, Clock clock) {
    this.meetings = meetings;
    this.registrants = registrants;
    this.clock = clock;
  }

  /**
   * Which one is gone.
   *
   * @param meetingId at Zoom
   * @param trigger lost, or deleted by ourselves
   */
  record Command(UUID eventId, long meetingId, ZoomMeetingStatus.Trigger trigger) {}

  /** Notes it, unless the event has another one by now. */
  @Transactional
  public void handle(Command command) {
    meetings
        .lock(command.eventId())
        .filter(meeting -> isAtZoomAs(command.meetingId(), meeting))
        .ifPresent(meeting -> lose(meeting, command.trigger(), clock.instant()));
  }

  private static boolean isAtZoomAs(long meetingId, ZoomMeeting meeting) {
    AtZoom atZoom = meeting.atZoom();
    return atZoom != null && atZoom.meetingId() == meetingId;
  }

  private void lose(ZoomMeeting meeting, ZoomMeetingStatus.Trigger trigger, Instant now) {
    ZoomMeeting lost = meeting.gone(trigger);
    if (lost.equals(meeting)) {
      return;
    }
    meetings.save(lost, lost.needsWork() ? now : null);
    registrants
        .lockAllOf(meeting.eventId())
        .forEach(registrant -> registrants.save(registrant.gone(Trigger.MEETING_LOST), now));
  }
}
