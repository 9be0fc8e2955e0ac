package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.accounts.members.ClosingObstacle;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * With the connection of an organization that is closed nobody can delete a meeting at Zoom any
 * more, nor read who was there: both comes first.
 */
@Component
class MeetingsInTheWay implements ClosingObstacle {

  private final ZoomMeetings meetings;

  MeetingsInTheWay(ZoomMeetings meetings) {
    this.meetings = meetings;
  }

  @Override
  public String word() {
    return "meetings";
  }

  @Override
  public boolean isThere(UUID organizationId) {
    return meetings.areUnfinished(organizationId);
  }
}
