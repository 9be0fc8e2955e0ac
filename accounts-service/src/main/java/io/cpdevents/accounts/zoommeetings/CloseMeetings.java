package io.cpdevents.accounts.zoommeetings;

import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Events are over: nobody is added or removed at Zoom any more, and who was is forgotten. */
@Component
public class CloseMeetings {

  private static final int MAX_BATCH_ROWS = 20;

  private final ZoomMeetings meetings;
  private final ZoomRegistrants registrants;
  private final ZoomRegistrations registrations;
  private final Clock clock;

  CloseMeetings(
      ZoomMeetings meetings,
      ZoomRegistrants registrants,
      ZoomRegistrations registrations,
      Clock clock) {
    this.meetings = meetings;
    this.registrants = registrants;
    this.registrations = registrations;
    this.clock = clock;
  }

  /** Closes one batch; returns how many there were. */
  @Transactional
  public int handle() {
    List<ZoomMeeting> ended = meetings.lockEnded(clock.instant(), MAX_BATCH_ROWS);
    ended.forEach(meeting -> {
      meetings.save(meeting.ended(), null);
      registrants.removeAllOf(meeting.eventId());
      registrations.removeAllOf(meeting.eventId());
    });
    return ended.size();
  }
}
