package io.cpdevents.accounts.zoommeetings;

import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Events are over: nobody is added or removed at Zoom any more. Who is registered is remembered
 * until Zoom has told who was there.
 */
@Component
public class CloseMeetings {

  private static final int MAX_BATCH_ROWS = 20;

  private final ZoomMeetings meetings;
  private final ZoomRegistrants registrants;
  private final ZoomRegistrations registrations;
  private final Attendances attendances;
  private final Clock clock;

  CloseMeetings(
      ZoomMeetings meetings,
      ZoomRegistrants registrants,
      ZoomRegistrations registrations,
      Attendances attendances,
      Clock clock) {
    this.meetings = meetings;
    this.registrants = registrants;
    this.registrations = registrations;
    this.attendances = attendances;
    this.clock = clock;
  }

  /** Closes one batch; returns how many there were. */
  @Transactional
  public int handle() {
    List<ZoomMeeting> due = meetings.lockEnded(clock.instant(), MAX_BATCH_ROWS);
    due.forEach(meeting -> {
      ZoomMeeting ended = meeting.ended();
      meetings.save(ended, null);
      if (ended.status() == ZoomMeetingStatus.OVER) {
        registrants.removeNotPresentOf(meeting.eventId());
        attendances.schedule(
            meeting.eventId(), meeting.terms().endsAt().plus(ReadAttendance.REPORT_DELAY));
      } else {
        registrants.removeAllOf(meeting.eventId());
      }
      registrations.removeAllOf(meeting.eventId());
    });
    return due.size();
  }
}
