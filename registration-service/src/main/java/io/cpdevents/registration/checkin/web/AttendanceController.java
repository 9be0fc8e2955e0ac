package io.cpdevents.registration.checkin.web;

import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.text.Csv;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.registration.Refuses;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.checkin.AttendanceQueries;
import io.cpdevents.registration.checkin.AttendanceView;
import io.cpdevents.registration.checkin.CheckInList;
import io.cpdevents.registration.checkin.CheckInListQueries;
import io.cpdevents.registration.checkin.CheckInListQueries.Head;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Lists of those who come over HTTP. */
@Tag(name = "Check-in")
@RestController
@RequestMapping("/api/v1/events/{eventId}")
class AttendanceController {

  private static final String CSV = "text/csv";
  private static final int MAX_CONDITION_CHARACTERS = 1_000;
  private static final String CSV_HEADER =
      "reference,ticketId,ticketType,name,email,checkedInAt,inside,leftAt\n";

  private final AttendanceQueries attendance;
  private final CheckInListQueries lists;
  private final JsonMapper json;

  AttendanceController(AttendanceQueries attendance, CheckInListQueries lists, JsonMapper json) {
    this.attendance = attendance;
    this.lists = lists;
    this.json = json;
  }

  @Operation(summary = "Who has a ticket for an event, and who of them has come")
  @Refuses({RegistrationProblem.EVENT_NOT_FOUND})
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF})
  @GetMapping("/attendance")
  Page<AttendanceView> listAttendance(
      @PathVariable UUID eventId,
      @Parameter(description = "Only those who have come, or only those who have not.")
          @RequestParam(required = false)
          @Nullable Boolean checkedIn,
      Caller caller,
      PageRequest page) {
    return attendance.ofEvent(eventId, checkedIn, caller, page);
  }

  @Operation(summary = "The same for spreadsheets, all of it, as CSV")
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = CSV, schema = @Schema(type = "string")))
  @Refuses({RegistrationProblem.EVENT_NOT_FOUND})
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF})
  @GetMapping(path = "/attendance/export", produces = CSV)
  void exportAttendance(@PathVariable UUID eventId, Caller caller, HttpServletResponse response)
      throws IOException {
    attendance.requireReader(eventId, caller);
    response.setContentType(CSV);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    PrintWriter writer = response.getWriter();
    writer.print(CSV_HEADER);
    attendance.read(eventId, view -> writer.print(csv(view)));
  }

  @Operation(
      summary = "What a scanner needs to let people in while it is offline",
      description =
          "Codes are there as their SHA-256 alone. Ask again with `If-None-Match` before the doors"
              + " open, and whenever there is a network.")
  @Parameter(
      in = ParameterIn.HEADER,
      name = HttpHeaders.IF_NONE_MATCH,
      description = "The `ETag` of what was read before; 304 while it is still the same.",
      schema = @Schema(type = "string", maxLength = MAX_CONDITION_CHARACTERS))
  @ApiResponse(
      responseCode = "200",
      headers =
          @Header(
              name = HttpHeaders.ETAG,
              description = "Differs whenever the list does.",
              schema = @Schema(type = "string")),
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = CheckInList.class)))
  @ApiResponse(
      responseCode = "304",
      description = "It is still as it was read before.",
      headers =
          @Header(
              name = HttpHeaders.ETAG,
              description = "Differs whenever the list does.",
              schema = @Schema(type = "string")),
      content = @Content)
  @Refuses({RegistrationProblem.EVENT_NOT_FOUND})
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.STAFF})
  @GetMapping(path = "/check-in-list", produces = MediaType.APPLICATION_JSON_VALUE)
  void getCheckInList(
      @PathVariable UUID eventId,
      Caller caller,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Head head = lists.head(eventId, caller);
    if (new ServletWebRequest(request, response).checkNotModified("\"" + head.tag() + "\"")) {
      return;
    }
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    try (JsonGenerator out = json.createGenerator(response.getOutputStream())) {
      out.writeStartObject();
      out.writePOJOProperty("eventId", head.eventId());
      out.writePOJOProperty("opensAt", head.opensAt());
      out.writePOJOProperty("closesAt", head.closesAt());
      out.writeArrayPropertyStart("tickets");
      lists.read(head, out::writePOJO);
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  private static String csv(AttendanceView view) {
    return Csv.row(
        Stream.of(
            view.reference(),
            view.ticketId().toString(),
            Csv.cell(view.ticketTypeName()),
            Csv.cell(view.attendee().name()),
            Csv.cell(view.attendee().email()),
            orNothing(view.checkedInAt()),
            Boolean.toString(view.inside()),
            orNothing(view.leftAt())));
  }

  private static String orNothing(@Nullable Instant at) {
    return Objects.toString(at, "");
  }
}
