package io.cpdevents.registration.registrations.web;

import io.cpdevents.platform.money.CurrencyRules;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.sql.Period;
import io.cpdevents.platform.text.Csv;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.registration.Refuses;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.registrations.RegistrationFilter;
import io.cpdevents.registration.registrations.RegistrationQueries;
import io.cpdevents.registration.registrations.RegistrationStatus;
import io.cpdevents.registration.registrations.RegistrationView;
import io.cpdevents.registration.registrations.RegistrationView.TicketView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The registrations of an event over HTTP, for its organization. */
@Tag(name = "Registrations")
@RestController
@RequestMapping("/api/v1/events/{eventId}/registrations")
class EventRegistrationsController {

  private static final String CSV = "text/csv";
  private static final int MAX_SEARCH_CHARACTERS = 200;
  private static final String TICKET_TYPE = "Those with a ticket of this type.";
  private static final String PAID = "Whether a payment has confirmed them.";
  private static final String CHECKED_IN = "Whether somebody has come with one of their tickets.";
  private static final String SEARCH = "A part of an attendee's name or address, or the reference.";
  private static final String CSV_HEADER =
      "reference,registrationId,status,createdAt,confirmedAt,ticketId,ticketType,ticketStatus,name,"
          + "email,price,discount,total,currency,promoCode,paymentId\n";

  private final RegistrationQueries queries;

  EventRegistrationsController(RegistrationQueries queries) {
    this.queries = queries;
  }

  @Operation(summary = "The registrations of an event")
  @Refuses({RegistrationProblem.EVENT_NOT_FOUND})
  @OrganizationEndpoint(
      value = {OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF},
      platform = PlatformRole.PLATFORM_SUPPORT)
  @GetMapping
  Page<RegistrationView> listEventRegistrations(
      @PathVariable UUID eventId,
      @RequestParam(required = false) @Nullable RegistrationStatus status,
      Period period,
      @Parameter(description = TICKET_TYPE) @RequestParam(required = false)
          @Nullable UUID ticketTypeId,
      @Parameter(description = PAID) @RequestParam(required = false) @Nullable Boolean paid,
      @Parameter(description = CHECKED_IN) @RequestParam(required = false)
          @Nullable Boolean checkedIn,
      @Parameter(description = SEARCH)
          @RequestParam(required = false)
          @OneLine(max = MAX_SEARCH_CHARACTERS)
          @Nullable String search,
      Caller caller,
      PageRequest page) {
    return queries.ofEvent(
        eventId,
        new RegistrationFilter(status, period, ticketTypeId, paid, checkedIn, search),
        caller,
        page);
  }

  @Operation(summary = "The same for spreadsheets, all of it, a row for each ticket, as CSV")
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = CSV, schema = @Schema(type = "string")))
  @Refuses({RegistrationProblem.EVENT_NOT_FOUND})
  @OrganizationEndpoint(
      value = {OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF},
      platform = PlatformRole.PLATFORM_SUPPORT)
  @GetMapping(path = "/export", produces = CSV)
  void exportEventRegistrations(
      @PathVariable UUID eventId,
      @RequestParam(required = false) @Nullable RegistrationStatus status,
      Period period,
      @Parameter(description = TICKET_TYPE) @RequestParam(required = false)
          @Nullable UUID ticketTypeId,
      @Parameter(description = PAID) @RequestParam(required = false) @Nullable Boolean paid,
      @Parameter(description = CHECKED_IN) @RequestParam(required = false)
          @Nullable Boolean checkedIn,
      @Parameter(description = SEARCH)
          @RequestParam(required = false)
          @OneLine(max = MAX_SEARCH_CHARACTERS)
          @Nullable String search,
      Caller caller,
      HttpServletResponse response)
      throws IOException {
    queries.requireReader(eventId, caller);
    response.setContentType(CSV);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    PrintWriter writer = response.getWriter();
    writer.print(CSV_HEADER);
    queries.read(
        eventId,
        new RegistrationFilter(status, period, ticketTypeId, paid, checkedIn, search),
        registration ->
            registration.tickets().forEach(ticket -> writer.print(row(registration, ticket))));
  }

  private static String row(RegistrationView registration, TicketView ticket) {
    return Csv.row(
        Stream.of(
            registration.reference(),
            registration.id().toString(),
            registration.status().name().toLowerCase(Locale.ROOT),
            registration.createdAt().toString(),
            orNothing(registration.confirmedAt()),
            ticket.id().toString(),
            Csv.cell(ticket.ticketTypeName()),
            ticket.status().name().toLowerCase(Locale.ROOT),
            Csv.cell(ticket.attendee().name()),
            Csv.cell(ticket.attendee().email()),
            CurrencyRules.decimal(ticket.price()).toPlainString(),
            CurrencyRules.decimal(ticket.discount()).toPlainString(),
            CurrencyRules.decimal(ticket.total()).toPlainString(),
            ticket.total().currency().getCurrencyCode(),
            Csv.cell(Objects.requireNonNullElse(registration.promoCode(), "")),
            orNothing(registration.paymentId())));
  }

  private static String orNothing(@Nullable Object value) {
    return Objects.toString(value, "");
  }
}
