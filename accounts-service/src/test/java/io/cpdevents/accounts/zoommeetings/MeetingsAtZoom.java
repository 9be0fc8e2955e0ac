package io.cpdevents.accounts.zoommeetings;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.cpdevents.accounts.zoom.ZoomAtTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Zoom as one organization's connection sees it, and registration-service. Each has tokens and
 * meetings of its own, so tests do not mix.
 */
record MeetingsAtZoom(String token, long meetingId) {

  private static final WireMockServer SERVER = ZoomAtTest.server();
  private static final Map<UUID, List<Guest>> ATTENDING = new ConcurrentHashMap<>();

  /** Who a ticket is for. */
  record Guest(UUID registrationId, UUID ticketId, String name, String email) {}

  /** The same with another token of the same person. */
  MeetingsAtZoom with(String otherToken) {
    return new MeetingsAtZoom(otherToken, meetingId);
  }

  void makesMeetings() {
    answers(
        post(urlEqualTo("/v2/users/me/meetings")), json(201, "{\"id\": %d}".formatted(meetingId)));
  }

  void makesMeetingsAndLosesTheAnswer() {
    answers(post(urlEqualTo("/v2/users/me/meetings")), lost());
  }

  void refusesMeetings(ResponseDefinitionBuilder answer) {
    answers(post(urlEqualTo("/v2/users/me/meetings")), answer);
  }

  /** Lists meetings: in a second part the one with this agenda. */
  void listsMeetings(String agenda) {
    MappingBuilder list = get(urlPathEqualTo("/v2/users/me/meetings"));
    answers(
        list.withQueryParam("next_page_token", equalTo("")),
        okJson(
            "{\"next_page_token\": \"more\", \"meetings\": [{\"id\": 1, \"agenda\": \"Ours\"},"
                + " {\"id\": 2}]}"));
    answers(
        get(urlPathEqualTo("/v2/users/me/meetings"))
            .withQueryParam("next_page_token", equalTo("more")),
        okJson(
            "{\"next_page_token\": \"\", \"meetings\": [{\"id\": %d, \"agenda\": \"%s\"}]}"
                .formatted(meetingId, agenda)));
  }

  void changesMeeting() {
    answers(patch(urlEqualTo(meeting())), aResponse().withStatus(204));
  }

  void deletesMeeting() {
    answers(
        delete(urlEqualTo(meeting() + "?cancel_meeting_reminder=false")),
        aResponse().withStatus(204));
  }

  void addsRegistrants(String idAtZoom) {
    answers(
        post(urlEqualTo(meeting() + "/registrants")),
        json(201, "{\"registrant_id\": \"%s\", \"join_url\": \"https://x\"}".formatted(idAtZoom)));
  }

  void addsRegistrantsAndLosesTheAnswer() {
    answers(post(urlEqualTo(meeting() + "/registrants")), lost());
  }

  void refusesRegistrants(ResponseDefinitionBuilder answer) {
    answers(post(urlEqualTo(meeting() + "/registrants")), answer);
  }

  void listsRegistrant(String idAtZoom, String email) {
    answers(
        get(urlPathEqualTo(meeting() + "/registrants")),
        okJson(
            "{\"registrants\": [{\"id\": \"%s\", \"email\": \"%s\"}]}".formatted(idAtZoom, email)));
  }

  void listsNoRegistrant() {
    answers(get(urlPathEqualTo(meeting() + "/registrants")), okJson("{\"registrants\": []}"));
  }

  void deletesRegistrant(String idAtZoom) {
    answers(
        delete(urlEqualTo(meeting() + "/registrants/" + idAtZoom)), aResponse().withStatus(204));
  }

  /** It was held twice; of the second time the report has two parts. */
  void wasHeld(String registrant, Instant start) {
    answers(
        get(urlEqualTo("/v2/past_meetings/" + meetingId + "/instances")),
        okJson(
            "{\"meetings\": [{\"uuid\": \"/a//b==\"}, {\"uuid\": \"c%d==\"}]}"
                .formatted(meetingId)));
    reports(
        "%252Fa%252F%252Fb%253D%253D",
        "", "", presence("\"" + registrant + "\"", start, start.plusSeconds(600)));
    String second = "c" + meetingId + "%3D%3D";
    // The host, and whoever came without a link of theirs, are nobody's registrant.
    reports(second, "", "more", presence("\"\"", start, start.plusSeconds(9_000)) + ", {}");
    reports(
        second,
        "more",
        "",
        presence("\"" + registrant + "\"", start.plusSeconds(1_200), start.plusSeconds(1_830)));
  }

  private static String presence(String registrant, Instant from, Instant to) {
    return """
    {"id": "x", "name": "Ada", "user_email": "a@b.example", "registrant_id": %s,
     "join_time": "%s", "leave_time": "%s", "duration": 1}
    """
        .formatted(registrant, from, to);
  }

  private void reports(String uuid, String page, String next, String participants) {
    answers(
        get(urlPathEqualTo("/v2/report/meetings/" + uuid + "/participants"))
            .withQueryParam("include_fields", equalTo("registrant_id"))
            .withQueryParam("next_page_token", equalTo(page)),
        okJson(
            "{\"next_page_token\": \"%s\", \"participants\": [%s]}".formatted(next, participants)));
  }

  void wasNotHeld() {
    answers(get(urlEqualTo("/v2/past_meetings/" + meetingId + "/instances")), noSuchMeeting());
  }

  /** As Zoom says that it does not know a meeting. */
  static ResponseDefinitionBuilder noSuchMeeting() {
    return json(404, "{\"code\": 3001, \"message\": \"Meeting does not exist.\"}");
  }

  static ResponseDefinitionBuilder json(int status, String body) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json")
        .withBody(body);
  }

  List<LoggedRequest> made() {
    return SERVER.findAll(
        postRequestedFor(urlEqualTo("/v2/users/me/meetings"))
            .withHeader("Authorization", equalTo("Bearer " + token)));
  }

  List<LoggedRequest> changed() {
    return SERVER.findAll(
        patchRequestedFor(urlEqualTo(meeting()))
            .withHeader("Authorization", equalTo("Bearer " + token)));
  }

  List<LoggedRequest> deleted() {
    return SERVER.findAll(deleteRequestedFor(urlPathEqualTo(meeting())));
  }

  List<LoggedRequest> added() {
    return SERVER.findAll(
        postRequestedFor(urlEqualTo(meeting() + "/registrants"))
            .withHeader("Authorization", equalTo("Bearer " + token)));
  }

  List<LoggedRequest> removed(String idAtZoom) {
    return SERVER.findAll(deleteRequestedFor(urlEqualTo(meeting() + "/registrants/" + idAtZoom)));
  }

  /**
   * What registration-service says of a registration from now on. It is asked about many at once,
   * so it answers with all that there are.
   */
  static void attend(UUID registrationId, Guest... guests) {
    ATTENDING.put(registrationId, List.of(guests));
    SERVER.stubFor(
        get(urlPathEqualTo("/registration/internal/attendees"))
            .withHeader("Authorization", containing("Bearer "))
            .willReturn(
                okJson(
                    ATTENDING.values().stream()
                        .flatMap(List::stream)
                        .map(MeetingsAtZoom::jsonOf)
                        .collect(Collectors.joining(",", "[", "]")))));
  }

  private static String jsonOf(Guest guest) {
    return """
    {"registrationId": "%s", "ticketId": "%s", "name": "%s", "email": "%s"}
    """
        .formatted(guest.registrationId(), guest.ticketId(), guest.name(), guest.email());
  }

  private String meeting() {
    return "/v2/meetings/" + meetingId;
  }

  private void answers(MappingBuilder request, ResponseDefinitionBuilder answer) {
    SERVER.stubFor(
        request.withHeader("Authorization", equalTo("Bearer " + token)).willReturn(answer));
  }

  private static ResponseDefinitionBuilder lost() {
    return aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
  }
}
