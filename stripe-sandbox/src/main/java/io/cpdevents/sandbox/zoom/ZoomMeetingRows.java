package io.cpdevents.sandbox.zoom;

import io.cpdevents.sandbox.objects.StripeIds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Meetings, their registrants and who was there. */
@Component
class ZoomMeetingRows {

  /** What a meeting shows. */
  record Shown(String topic, String agenda, String startTime, int duration, String timezone) {}

  /** A person as the platform has told of them. */
  record Person(String email, String firstName, String lastName) {}

  /** Somebody who came and went. */
  record Presence(String registrantId, String joinTime, String leaveTime) {}

  private final JdbcClient jdbc;

  ZoomMeetingRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  long add(long grantId, Shown shown) {
    return jdbc.sql(
            """
            INSERT INTO zoom_meeting (grant_id, topic, agenda, start_time, duration, timezone)
            VALUES (:grantId, :topic, :agenda, :startTime, :duration, :timezone)
            RETURNING id
            """)
        .param("grantId", grantId)
        .param("topic", shown.topic())
        .param("agenda", shown.agenda())
        .param("startTime", shown.startTime())
        .param("duration", shown.duration())
        .param("timezone", shown.timezone())
        .query(Long.class)
        .single();
  }

  List<Map<String, Object>> allOf(long grantId) {
    return jdbc.sql(
            """
            SELECT id, topic, agenda, start_time, duration, timezone FROM zoom_meeting
             WHERE grant_id = :grantId ORDER BY id
            """)
        .param("grantId", grantId)
        .query((row, _) -> {
          Map<String, Object> meeting = new LinkedHashMap<>();
          for (String column : List.of("topic", "agenda", "start_time", "timezone")) {
            meeting.put(column, row.getString(column));
          }
          meeting.put("id", row.getLong("id"));
          meeting.put("duration", row.getInt("duration"));
          return meeting;
        })
        .list();
  }

  boolean isOf(long grantId, long id) {
    return jdbc.sql(
            "SELECT EXISTS (SELECT FROM zoom_meeting WHERE id = :id AND grant_id = :grantId)")
        .param("id", id)
        .param("grantId", grantId)
        .query(Boolean.class)
        .single();
  }

  void change(long id, Shown shown) {
    jdbc.sql(
            """
            UPDATE zoom_meeting
               SET topic = :topic, agenda = :agenda, start_time = :startTime,
                   duration = :duration, timezone = :timezone
             WHERE id = :id
            """)
        .param("id", id)
        .param("topic", shown.topic())
        .param("agenda", shown.agenda())
        .param("startTime", shown.startTime())
        .param("duration", shown.duration())
        .param("timezone", shown.timezone())
        .update();
  }

  void remove(long id) {
    jdbc.sql("DELETE FROM zoom_meeting WHERE id = :id").param("id", id).update();
  }

  /** Adds somebody; who is there under this address stays, under the same id. */
  String register(long meetingId, Person person) {
    return jdbc.sql(
            """
            INSERT INTO zoom_registrant (id, meeting_id, email, first_name, last_name)
            VALUES (:id, :meetingId, :email, :firstName, :lastName)
            ON CONFLICT (meeting_id, lower(email)) DO UPDATE SET first_name = excluded.first_name
            RETURNING id
            """)
        .param("id", StripeIds.next("zoom_registrant"))
        .param("meetingId", meetingId)
        .param("email", person.email())
        .param("firstName", person.firstName())
        .param("lastName", person.lastName())
        .query(String.class)
        .single();
  }

  List<Map<String, @Nullable Object>> registrantsOf(long meetingId) {
    return jdbc.sql(
            """
            SELECT id, email, first_name, last_name FROM zoom_registrant
             WHERE meeting_id = :meetingId ORDER BY id
            """)
        .param("meetingId", meetingId)
        .query()
        .listOfRows();
  }

  boolean unregister(long meetingId, String registrantId) {
    return jdbc.sql("DELETE FROM zoom_registrant WHERE id = :id AND meeting_id = :meetingId")
            .param("id", registrantId)
            .param("meetingId", meetingId)
            .update()
        == 1;
  }

  void attend(long meetingId, Presence presence) {
    jdbc.sql(
            """
            INSERT INTO zoom_participant (meeting_id, registrant_id, join_time, leave_time)
            VALUES (:meetingId, :registrantId, :joinTime, :leaveTime)
            """)
        .param("meetingId", meetingId)
        .param("registrantId", presence.registrantId())
        .param("joinTime", presence.joinTime())
        .param("leaveTime", presence.leaveTime())
        .update();
  }

  List<Map<String, @Nullable Object>> participantsOf(long meetingId) {
    return jdbc.sql(
            """
            SELECT registrant_id, join_time, leave_time FROM zoom_participant
             WHERE meeting_id = :meetingId ORDER BY id
            """)
        .param("meetingId", meetingId)
        .query()
        .listOfRows();
  }

  /** When the first one came and the last one left; empty while nobody was there. */
  Optional<Presence> heldFor(long meetingId) {
    return jdbc.sql(
            """
            SELECT min(join_time) AS joined, max(leave_time) AS gone FROM zoom_participant
             WHERE meeting_id = :meetingId HAVING count(*) > 0
            """)
        .param("meetingId", meetingId)
        .query((row, _) -> new Presence("", row.getString("joined"), row.getString("gone")))
        .optional();
  }
}
