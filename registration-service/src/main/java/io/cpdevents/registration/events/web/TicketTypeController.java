package io.cpdevents.registration.events.web;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PublicEndpoint;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.platform.web.MergePatch;
import io.cpdevents.registration.Refuses;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.AddTicketType;
import io.cpdevents.registration.events.ChangeTicketType;
import io.cpdevents.registration.events.EventQueries;
import io.cpdevents.registration.events.EventView.TicketTypeView;
import io.cpdevents.registration.events.RemoveTicketType;
import io.cpdevents.registration.events.TicketTypeTerms;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Ticket types over HTTP. */
@Tag(name = "Ticket types", description = "What an event sells.")
@RestController
@RequestMapping("/api/v1")
class TicketTypeController {

  private final AddTicketType addTicketType;
  private final ChangeTicketType changeTicketType;
  private final RemoveTicketType removeTicketType;
  private final EventQueries queries;
  private final MergePatch mergePatch;

  TicketTypeController(
      AddTicketType addTicketType,
      ChangeTicketType changeTicketType,
      RemoveTicketType removeTicketType,
      EventQueries queries,
      MergePatch mergePatch) {
    this.addTicketType = addTicketType;
    this.changeTicketType = changeTicketType;
    this.removeTicketType = removeTicketType;
    this.queries = queries;
    this.mergePatch = mergePatch;
  }

  @Operation(summary = "Add a ticket type to an event")
  @Refuses({
    RegistrationProblem.EVENT_NOT_FOUND,
    RegistrationProblem.EVENT_CANCELLED,
    RegistrationProblem.TOO_MANY_TICKET_TYPES
  })
  @RefusesCommonly({CommonProblem.AMOUNT_NOT_PAYABLE})
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @PostMapping("/events/{eventId}/ticket-types")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<TicketTypeView> createTicketType(
      @PathVariable UUID eventId,
      @Valid @RequestBody TicketTypeTerms terms,
      Caller caller,
      Intent intent) {
    TicketTypeView added =
        addTicketType.handle(new AddTicketType.Command(intent.id(), eventId, terms), caller);
    return ResponseEntity.created(URI.create("/api/v1/ticket-types/" + added.id())).body(added);
  }

  @Operation(summary = "A ticket type")
  @Refuses({RegistrationProblem.TICKET_TYPE_NOT_FOUND})
  @PublicEndpoint(
      organization = {OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF})
  @GetMapping("/ticket-types/{ticketTypeId}")
  TicketTypeView getTicketType(@PathVariable UUID ticketTypeId, Optional<Caller> caller) {
    return queries.getTicketType(ticketTypeId, caller);
  }

  @Operation(summary = "Change a ticket type")
  @Refuses({
    RegistrationProblem.TICKET_TYPE_NOT_FOUND,
    RegistrationProblem.EVENT_CANCELLED,
    RegistrationProblem.QUOTA_BELOW_TAKEN,
    RegistrationProblem.CAPACITY_BELOW_TAKEN,
    RegistrationProblem.INCOMPLETE
  })
  @RefusesCommonly({CommonProblem.AMOUNT_NOT_PAYABLE})
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = TicketTypeTerms.class)))
  @PatchMapping("/ticket-types/{ticketTypeId}")
  TicketTypeView changeTicketType(
      @PathVariable UUID ticketTypeId, @RequestBody ObjectNode patch, IfMatch seen, Caller caller) {
    return changeTicketType.handle(
        new ChangeTicketType.Command(
            ticketTypeId, seen, terms -> mergePatch.apply(patch, terms, TicketTypeTerms.class)),
        caller);
  }

  @Operation(summary = "Remove a ticket type that nobody has booked")
  @Refuses({
    RegistrationProblem.TICKET_TYPE_NOT_FOUND,
    RegistrationProblem.EVENT_CANCELLED,
    RegistrationProblem.TICKET_TYPE_IN_USE,
    RegistrationProblem.INCOMPLETE
  })
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @DeleteMapping("/ticket-types/{ticketTypeId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void deleteTicketType(@PathVariable UUID ticketTypeId, IfMatch seen, Caller caller) {
    removeTicketType.handle(new RemoveTicketType.Command(ticketTypeId, seen), caller);
  }
}
