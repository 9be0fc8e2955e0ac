package io.cpdevents.registration.registrations.web;

import io.cpdevents.platform.http.CallerNetwork;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PublicEndpoint;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.platform.web.Page;
import io.cpdevents.registration.Refuses;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.EventView.TicketTypeView;
import io.cpdevents.registration.events.TicketTypeTerms;
import io.cpdevents.registration.registrations.AccessCodeQueries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Ticket types behind access codes over HTTP. */
@Tag(name = "Ticket types", description = "What an event sells.")
@RestController
@RequestMapping("/api/v1/events/{eventId}/ticket-types")
class AccessCodeController {

  private final AccessCodeQueries queries;

  AccessCodeController(AccessCodeQueries queries) {
    this.queries = queries;
  }

  @Operation(
      summary =
          "The ticket types of an event; with an access code the hidden ones that it opens, too")
  @Refuses({RegistrationProblem.EVENT_NOT_FOUND, RegistrationProblem.TICKET_TYPE_NOT_FOUND})
  @PublicEndpoint(
      organization = {OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF})
  @GetMapping
  Page<TicketTypeView> listTicketTypes(
      @PathVariable UUID eventId,
      @RequestParam(required = false)
          @Parameter(description = "In either case.")
          @Nullable
          @OneLine(max = TicketTypeTerms.MAX_ACCESS_CODE_CHARACTERS)
          String accessCode,
      Optional<Caller> caller,
      HttpServletRequest from) {
    return Page.whole(
        queries.listed(eventId, accessCode, caller, CallerNetwork.of(from).orElse(null)));
  }
}
