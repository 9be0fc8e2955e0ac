package io.cpdevents.contracts.accounts;

import io.cpdevents.contracts.Event;
import io.cpdevents.contracts.Topic;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Who attended meetings at Zoom, as far as Zoom's report tells. */
public sealed interface AttendanceEvent extends Event {

  @Override
  default Topic topic() {
    return Topic.ACCOUNTS_ATTENDANCES;
  }

  /**
   * Whoever holds a ticket was at the meeting of its event; told once for each ticket, after the
   * event. Of somebody who was not there nothing is told.
   *
   * @param minutes in which they were there, begun ones as whole ones; with two devices at once
   *     each counts once
   * @param joinedAt when they first came
   * @param leftAt when they last left
   */
  record MeetingAttended(
      UUID ticketId,
      UUID registrationId,
      UUID eventId,
      UUID organizationId,
      int minutes,
      Instant joinedAt,
      Instant leftAt,
      Instant readAt)
      implements AttendanceEvent {

    @Override
    public String key() {
      return ticketId.toString();
    }

    @Override
    public Map<String, String> correlation() {
      return Map.of("registrationId", registrationId.toString(), "eventId", eventId.toString());
    }
  }
}
