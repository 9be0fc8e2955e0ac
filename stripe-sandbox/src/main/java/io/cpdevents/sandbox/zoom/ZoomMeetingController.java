package io.cpdevents.sandbox.zoom;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cpdevents.sandbox.zoom.ZoomMeetingRows.Person;
import io.cpdevents.sandbox.zoom.ZoomMeetingRows.Shown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Zoom's API of meetings, registrants and reports, as far as the platform uses them. */
@RestController
@RequestMapping("/zoom/v2")
class ZoomMeetingController {

  private static final int NO_SUCH_MEETING = 3001;
  private static final int NO_SUCH_REGISTRANT = 300;

  /** What is around a meeting's id in that of the time that it was held. */
  private static final String UUID_START = "held";

  private static final String UUID_END = "==";

  /** A meeting as it is sent. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record MeetingBody(
      String topic,
      @Nullable String agenda,
      @JsonProperty("start_time") String startTime,
      int duration,
      String timezone) {

    Shown shown() {
      return new Shown(topic, agenda == null ? "" : agenda, startTime, duration, timezone);
    }
  }

  /** A registrant as it is sent. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record RegistrantBody(
      String email,
      @JsonProperty("first_name") String firstName,
      @JsonProperty("last_name") @Nullable String lastName) {}

  private final ZoomGrants grants;
  private final ZoomMeetingRows meetings;

  ZoomMeetingController(ZoomGrants grants, ZoomMeetingRows meetings) {
    this.grants = grants;
    this.meetings = meetings;
  }

  @PostMapping("/users/me/meetings")
  ResponseEntity<Map<String, Object>> create(
      @RequestHeader(name = "Authorization", defaultValue = "") String authorization,
      @RequestBody MeetingBody body) {
    return asUser(
        authorization,
        user ->
            ResponseEntity.status(HttpStatus.CREATED)
                .body(
                    Map.of(
                        "id", meetings.add(user, body.shown()), "agenda", body.shown().agenda())));
  }

  @GetMapping("/users/me/meetings")
  ResponseEntity<Map<String, Object>> list(
      @RequestHeader(name = "Authorization", defaultValue = "") String authorization) {
    return asUser(
        authorization,
        user -> ResponseEntity.ok(Map.of("next_page_token", "", "meetings", meetings.allOf(user))));
  }

  @PatchMapping("/meetings/{id}")
  ResponseEntity<Map<String, Object>> change(
      @RequestHeader(name = "Authorization", defaultValue = "") String authorization,
      @PathVariable long id,
      @RequestBody MeetingBody body) {
    return asHost(
        authorization,
        id,
        () -> {
          meetings.change(id, body.shown());
          return ResponseEntity.noContent().build();
        });
  }

  @DeleteMapping("/meetings/{id}")
  ResponseEntity<Map<String, Object>> delete(
      @RequestHeader(name = "Authorization", defaultValue = "") String authorization,
      @PathVariable long id) {
    return asHost(
        authorization,
        id,
        () -> {
          meetings.remove(id);
          return ResponseEntity.noContent().build();
        });
  }

  @PostMapping("/meetings/{id}/registrants")
  ResponseEntity<Map<String, Object>> register(
      @RequestHeader(name = "Authorization", defaultValue = "") String authorization,
      @PathVariable long id,
      @RequestBody RegistrantBody body) {
    return asHost(
        authorization,
        id,
        () -> {
          String lastName = body.lastName();
          String registrant =
              meetings.register(
                  id, new Person(body.email(), body.firstName(), lastName == null ? "" : lastName));
          return ResponseEntity.status(HttpStatus.CREATED)
              .body(
                  Map.of(
                      "id",
                      id,
                      "registrant_id",
                      registrant,
                      "join_url",
                      "https://zoom.example/w/%d?tk=%s".formatted(id, registrant)));
        });
  }

  @GetMapping("/meetings/{id}/registrants")
  ResponseEntity<Map<String, Object>> registrants(
      @RequestHeader(name = "Authorization", defaultValue = "") String authorization,
      @PathVariable long id) {
    return asHost(
        authorization,
        id,
        () ->
            ResponseEntity.ok(
                Map.of("next_page_token", "", "registrants", meetings.registrantsOf(id))));
  }

  @DeleteMapping("/meetings/{id}/registrants/{registrantId}")
  ResponseEntity<Map<String, Object>> unregister(
      @RequestHeader(name = "Authorization", defaultValue = "") String authorization,
      @PathVariable long id,
      @PathVariable String registrantId) {
    return asHost(
        authorization,
        id,
        () ->
            meetings.unregister(id, registrantId)
                ? ResponseEntity.noContent().build()
                : refusal(NO_SUCH_REGISTRANT, "Registrant not found."));
  }

  /** Each meeting is held once, from when the first one comes until the last one leaves. */
  @GetMapping("/past_meetings/{id}/instances")
  ResponseEntity<Map<String, Object>> instances(
      @RequestHeader(name = "Authorization", defaultValue = "") String authorization,
      @PathVariable long id) {
    return asHost(
        authorization,
        id,
        () ->
            ResponseEntity.ok(
                Map.of(
                    "meetings",
                    meetings
                        .heldFor(id)
                        .map(held ->
                            List.of(Map.of("uuid", uuidOf(id), "start_time", held.joinTime())))
                        .orElse(List.of()))));
  }

  /** The report about the time that a meeting was held. */
  @GetMapping("/report/meetings/{uuid}/participants")
  ResponseEntity<Map<String, Object>> report(
      @RequestHeader(name = "Authorization", defaultValue = "") String authorization,
      @PathVariable String uuid) {
    long id =
        Long.parseLong(uuid.substring(UUID_START.length(), uuid.length() - UUID_END.length()));
    return asHost(
        authorization,
        id,
        () ->
            ResponseEntity.ok(
                Map.of("next_page_token", "", "participants", meetings.participantsOf(id))));
  }

  private static String uuidOf(long meetingId) {
    return UUID_START + meetingId + UUID_END;
  }

  private ResponseEntity<Map<String, Object>> asUser(
      String authorization, Function<Long, ResponseEntity<Map<String, Object>>> answer) {
    Optional<Long> user =
        authorization.startsWith("Bearer ")
            ? grants.find(authorization.substring("Bearer ".length()))
            : Optional.empty();
    return user.map(answer)
        .orElseGet(() ->
            ResponseEntity.status(HttpStatus.UNAUTHORIZED)
                .body(Map.of("code", 124, "message", "Invalid access token.")));
  }

  private ResponseEntity<Map<String, Object>> asHost(
      String authorization, long meetingId, Supplier<ResponseEntity<Map<String, Object>>> answer) {
    return asUser(
        authorization,
        user ->
            meetings.isOf(user, meetingId)
                ? answer.get()
                : refusal(NO_SUCH_MEETING, "Meeting does not exist: %d.".formatted(meetingId)));
  }

  private static ResponseEntity<Map<String, Object>> refusal(int code, String message) {
    return ResponseEntity.status(HttpStatus.NOT_FOUND)
        .body(Map.of("code", code, "message", message));
  }
}
