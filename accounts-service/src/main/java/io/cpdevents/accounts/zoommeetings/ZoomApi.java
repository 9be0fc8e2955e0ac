package io.cpdevents.accounts.zoommeetings;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cpdevents.accounts.zoom.ZoomUnauthorized;
import io.cpdevents.accounts.zoommeetings.ZoomCallFailed.Kind;
import io.cpdevents.accounts.zoommeetings.ZoomMeeting.Terms;
import io.cpdevents.contracts.ContractsJson;
import io.cpdevents.platform.http.ExternalClients;
import io.cpdevents.platform.time.SystemTime;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JacksonException;

/**
 * The calls to Zoom about meetings and registrants. See {@code
 * https://developers.zoom.us/docs/api/meetings/}.
 */
@Component
class ZoomApi {

  /** The breaker's name, which the calls for tokens share. */
  private static final String BREAKER = "zoom";

  /** As Zoom names a meeting that it does not know, with 404. */
  private static final int NO_SUCH_MEETING = 3001;

  /** A meeting with a time. */
  private static final int SCHEDULED = 2;

  private static final int AUTOMATIC_APPROVAL = 0;
  private static final int MAX_TOPIC_CHARACTERS = 200;
  private static final int MAX_NAME_CHARACTERS = 64;
  private static final int MAX_PAGE_ROWS = 300;

  /** Nobody has more meetings ahead, or registrants: Zoom takes 4,999 for one. */
  private static final int MAX_PAGES = 50;

  private static final Duration MAX_RETRY_TIME = Duration.ofDays(1);

  @JsonIgnoreProperties(ignoreUnknown = true)
  record MeetingAnswer(long id, @Nullable String agenda) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record MeetingsAnswer(
      @JsonProperty("next_page_token") @Nullable String next,
      @Nullable List<MeetingAnswer> meetings) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record AddedAnswer(@JsonProperty("registrant_id") String registrantId) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record RegistrantAnswer(String id, @Nullable String email) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record RegistrantsAnswer(
      @JsonProperty("next_page_token") @Nullable String next,
      @Nullable List<RegistrantAnswer> registrants) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record InstanceAnswer(String uuid) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record InstancesAnswer(@Nullable List<InstanceAnswer> meetings) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record PresenceAnswer(
      @JsonProperty("registrant_id") @Nullable String registrantId,
      @JsonProperty("join_time") @Nullable Instant joinedAt,
      @JsonProperty("leave_time") @Nullable Instant leftAt) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record PresencesAnswer(
      @JsonProperty("next_page_token") @Nullable String next,
      @Nullable List<PresenceAnswer> participants) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Refusal(int code) {}

  /** A part of a list. */
  private record Part<T>(List<T> rows, @Nullable String next) {}

  private final RestClient api;
  private final SystemTime systemTime;

  ZoomApi(
      ExternalClients clients,
      @Value("${cpd.accounts.zoom.api-url}") String apiUrl,
      SystemTime systemTime) {
    this.api = clients.to(BREAKER, apiUrl);
    this.systemTime = systemTime;
  }

  /** Makes a meeting for an event; answers its id. */
  long create(String token, UUID eventId, Terms terms) {
    return call(
            "a meeting for event " + eventId,
            () ->
                api.post()
                    .uri("/users/me/meetings")
                    .headers(headers -> headers.setBearerAuth(token))
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(bodyOf(eventId, terms))
                    .retrieve()
                    .requiredBody(MeetingAnswer.class))
        .id();
  }

  /** The meeting that was made for an event, found by its agenda. */
  Optional<Long> find(String token, UUID eventId) {
    String mark = markOf(eventId);
    List<MeetingAnswer> meetings =
        all(next -> call("the meetings that there are", () -> meetings(token, next)));
    return meetings.stream()
        .filter(meeting -> meeting.agenda() != null && meeting.agenda().contains(mark))
        .map(MeetingAnswer::id)
        .findFirst();
  }

  private Part<MeetingAnswer> meetings(String token, String next) {
    MeetingsAnswer answer =
        get(
            token,
            "/users/me/meetings?type=scheduled&page_size={size}&next_page_token={next}",
            MeetingsAnswer.class,
            MAX_PAGE_ROWS,
            next);
    return new Part<>(orNone(answer.meetings()), answer.next());
  }

  /** Has a meeting show the event as it is now. */
  void update(String token, long meetingId, UUID eventId, Terms terms) {
    call(
        "a change of meeting " + meetingId,
        () ->
            api.patch()
                .uri("/meetings/{id}", meetingId)
                .headers(headers -> headers.setBearerAuth(token))
                .contentType(MediaType.APPLICATION_JSON)
                .body(bodyOf(eventId, terms))
                .retrieve()
                .toBodilessEntity());
  }

  /** Deletes a meeting; Zoom tells nobody, because we do. */
  void delete(String token, long meetingId) {
    call(
        "the deletion of meeting " + meetingId,
        () ->
            api.delete()
                .uri("/meetings/{id}?cancel_meeting_reminder=false", meetingId)
                .headers(headers -> headers.setBearerAuth(token))
                .retrieve()
                .toBodilessEntity());
  }

  /** Adds a registrant, whom Zoom sends their link; answers their id. */
  String addRegistrant(String token, long meetingId, Attendee attendee) {
    return call(
            "a registrant of meeting " + meetingId,
            () ->
                api.post()
                    .uri("/meetings/{id}/registrants", meetingId)
                    .headers(headers -> headers.setBearerAuth(token))
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(bodyOf(attendee))
                    .retrieve()
                    .requiredBody(AddedAnswer.class))
        .registrantId();
  }

  /** The registrant with an address, if there is one. */
  Optional<String> findRegistrant(String token, long meetingId, AddressDigest address) {
    List<RegistrantAnswer> registrants =
        all(next ->
            call(
                "the registrants of meeting " + meetingId,
                () -> registrants(token, meetingId, next)));
    return registrants.stream()
        .filter(registrant ->
            registrant.email() != null && AddressDigest.of(registrant.email()).equals(address))
        .map(RegistrantAnswer::id)
        .findFirst();
  }

  private Part<RegistrantAnswer> registrants(String token, long meetingId, String next) {
    RegistrantsAnswer answer =
        get(
            token,
            "/meetings/{id}/registrants?status=approved&page_size={size}&next_page_token={next}",
            RegistrantsAnswer.class,
            meetingId,
            MAX_PAGE_ROWS,
            next);
    return new Part<>(orNone(answer.registrants()), answer.next());
  }

  /** Deletes a registrant. */
  void deleteRegistrant(String token, long meetingId, String registrantId) {
    call(
        "the deletion of a registrant of meeting " + meetingId,
        () ->
            api.delete()
                .uri("/meetings/{id}/registrants/{registrantId}", meetingId, registrantId)
                .headers(headers -> headers.setBearerAuth(token))
                .retrieve()
                .toBodilessEntity());
  }

  /**
   * Who has come to a meeting by which registrant's link, and gone, over all times that it was
   * held. Names, addresses and devices, of which the report tells as well, are not read.
   */
  List<Presence> presences(String token, long meetingId) {
    List<Presence> presences = new ArrayList<>();
    for (InstanceAnswer instance : instances(token, meetingId)) {
      List<PresenceAnswer> answers =
          all(next ->
              call(
                  "the report about meeting " + meetingId, () -> presences(token, instance, next)));
      for (PresenceAnswer answer : answers) {
        String registrant = answer.registrantId();
        Instant joined = answer.joinedAt();
        Instant left = answer.leftAt();
        if (registrant != null && joined != null && left != null) {
          presences.add(new Presence(registrant, joined, left));
        }
      }
    }
    return presences;
  }

  private Part<PresenceAnswer> presences(String token, InstanceAnswer instance, String next) {
    PresencesAnswer answer =
        get(
            token,
            "/report/meetings/{uuid}/participants?include_fields=registrant_id&page_size={size}&next_page_token={next}",
            PresencesAnswer.class,
            pathOf(instance.uuid()),
            MAX_PAGE_ROWS,
            next);
    return new Part<>(orNone(answer.participants()), answer.next());
  }

  private List<InstanceAnswer> instances(String token, long meetingId) {
    return orNone(
        call(
                "how often meeting " + meetingId + " was held",
                () -> get(token, "/past_meetings/{id}/instances", InstancesAnswer.class, meetingId))
            .meetings());
  }

  /** Zoom wants what has a slash encoded twice. */
  private static String pathOf(String uuid) {
    return uuid.contains("/") ? UriUtils.encode(uuid, StandardCharsets.UTF_8) : uuid;
  }

  private <T> T get(String token, String uri, Class<T> type, Object... variables) {
    return api.get()
        .uri(uri, variables)
        .headers(headers -> headers.setBearerAuth(token))
        .retrieve()
        .requiredBody(type);
  }

  /** The rows of all parts of a list. */
  private static <T> List<T> all(Function<String, Part<T>> list) {
    List<T> rows = new ArrayList<>();
    @Nullable String next = "";
    for (int page = 0; page < MAX_PAGES && next != null; page++) {
      Part<T> part = list.apply(next);
      rows.addAll(part.rows());
      String following = part.next();
      next = following == null || following.isEmpty() ? null : following;
    }
    return rows;
  }

  private static <T> List<T> orNone(@Nullable List<T> rows) {
    return rows == null ? List.of() : rows;
  }

  private static Map<String, Object> bodyOf(UUID eventId, Terms terms) {
    return Map.of(
        "topic",
        start(terms.title(), MAX_TOPIC_CHARACTERS),
        "type",
        SCHEDULED,
        "start_time",
        terms.startsAt().truncatedTo(ChronoUnit.SECONDS).toString(),
        "duration",
        Math.max(1, Math.ceilDiv(secondsOf(terms), Duration.ofMinutes(1).toSeconds())),
        "timezone",
        terms.timeZone(),
        "agenda",
        markOf(eventId),
        "settings",
        Map.of(
            "approval_type",
            AUTOMATIC_APPROVAL,
            "registrants_confirmation_email",
            true,
            "registrants_email_notification",
            true));
  }

  private static long secondsOf(Terms terms) {
    return Duration.between(terms.startsAt(), terms.endsAt()).toSeconds();
  }

  /** What is in the agenda: by it a meeting is found whose making was not heard of. */
  private static String markOf(UUID eventId) {
    return "CPD Events " + eventId;
  }

  /** All that Zoom is told of a person: their name and address. */
  private static Map<String, Object> bodyOf(Attendee attendee) {
    String name = attendee.name().strip();
    int last = name.lastIndexOf(' ');
    return last < 0
        ? Map.of("email", attendee.email(), "first_name", start(name, MAX_NAME_CHARACTERS))
        : Map.of(
            "email",
            attendee.email(),
            "first_name",
            start(name.substring(0, last).strip(), MAX_NAME_CHARACTERS),
            "last_name",
            start(name.substring(last + 1), MAX_NAME_CHARACTERS));
  }

  private static String start(String text, int maxCharacters) {
    return text.codePointCount(0, text.length()) <= maxCharacters
        ? text
        : text.substring(0, text.offsetByCodePoints(0, maxCharacters));
  }

  private <T> T call(String description, Supplier<T> call) {
    try {
      return call.get();
    } catch (HttpClientErrorException refusal) {
      throw failureOf(description, refusal);
    } catch (RestClientException | CallNotPermittedException e) {
      // Not as its cause: its message may repeat what Zoom has answered, and so name people.
      throw new ZoomCallFailed(
          Kind.UNAVAILABLE,
          "Zoom did not answer for %s (%s)".formatted(description, e.getClass().getSimpleName()),
          null);
    }
  }

  private RuntimeException failureOf(String description, HttpClientErrorException refusal) {
    if (refusal.getStatusCode().isSameCodeAs(HttpStatus.UNAUTHORIZED)) {
      return new ZoomUnauthorized();
    }
    int code = codeOf(refusal);
    return new ZoomCallFailed(
        kindOf(refusal, code),
        "Zoom refused %s: %d, code %d"
            .formatted(description, refusal.getStatusCode().value(), code),
        retryAfter(refusal.getResponseHeaders()));
  }

  private static Kind kindOf(HttpClientErrorException refusal, int code) {
    if (refusal.getStatusCode().isSameCodeAs(HttpStatus.TOO_MANY_REQUESTS)) {
      return Kind.LIMITED;
    }
    if (refusal.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND)) {
      return code == NO_SUCH_MEETING ? Kind.MEETING_MISSING : Kind.OBJECT_MISSING;
    }
    return Kind.REFUSED;
  }

  private static int codeOf(HttpClientErrorException refusal) {
    try {
      return ContractsJson.mapper()
          .readValue(refusal.getResponseBodyAsByteArray(), Refusal.class)
          .code();
    } catch (JacksonException e) {
      return 0;
    }
  }

  /** Zoom says either for how many seconds, or until when. */
  private @Nullable Duration retryAfter(@Nullable HttpHeaders headers) {
    String said = headers == null ? null : headers.getFirst(HttpHeaders.RETRY_AFTER);
    if (said == null) {
      return null;
    }
    try {
      Duration wait =
          said.chars().allMatch(Character::isDigit)
              ? Duration.ofSeconds(Long.parseLong(said))
              : Duration.between(systemTime.now(), Instant.parse(said));
      if (!wait.isPositive()) {
        return null;
      }
      return wait.compareTo(MAX_RETRY_TIME) > 0 ? MAX_RETRY_TIME : wait;
    } catch (DateTimeException | NumberFormatException e) {
      return null;
    }
  }
}
