package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.accounts.zoommeetings.ZoomMeeting.Terms;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An event was published, changed or cancelled: its meeting at Zoom follows. */
@Component
public class FollowEvent {

  /**
   * An event as it was told.
   *
   * @param online whether it takes place, and people can attend it from afar
   */
  public record Command(
      UUID eventId,
      UUID organizationId,
      long version,
      String title,
      Instant startsAt,
      Instant endsAt,
      String timeZone,
      boolean online) {}

  private final ZoomMeetings meetings;
  private final Clock clock;

  FollowEvent(ZoomMeetings meetings, Clock clock) {
    this.meetings = meetings;
    this.clock = clock;
  }

  /** Notes it; what comes twice or late changes nothing. */
  @Transactional
  public void handle(Command command) {
    Terms terms =
        new Terms(command.title(), command.startsAt(), command.endsAt(), command.timeZone());
    meetings.addUnlessKnown(ZoomMeeting.of(command.eventId(), command.organizationId(), terms));
    ZoomMeeting known = meetings.lock(command.eventId()).orElseThrow();
    Instant now = clock.instant();
    ZoomMeeting told = known.told(command.version(), terms, command.online(), now);
    if (told.version() != known.version()) {
      meetings.save(told, told.needsWork() ? now : null);
    }
  }
}
