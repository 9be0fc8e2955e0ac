package io.cpdevents.registration.events.web;

import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.platform.web.MergePatch;
import io.cpdevents.registration.events.AddTicketType;
import io.cpdevents.registration.events.ChangeTicketType;
import io.cpdevents.registration.events.EventView.TicketTypeView;
import io.cpdevents.registration.events.RemoveTicketType;
import io.cpdevents.registration.events.TicketTypeTerms;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Ticket types over HTTP. */
@RestController
@RequestMapping("/api/v1")
class TicketTypeController {

  private final AddTicketType addTicketType;
  private final ChangeTicketType changeTicketType;
  private final RemoveTicketType removeTicketType;
  private final MergePatch mergePatch;

  TicketTypeController(
      AddTicketType addTicketType,
      ChangeTicketType changeTicketType,
      RemoveTicketType removeTicketType,
      MergePatch mergePatch) {
    this.addTicketType = addTicketType;
    this.changeTicketType = changeTicketType;
    this.removeTicketType = removeTicketType;
    this.mergePatch = mergePatch;
  }

  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @PostMapping("/events/{eventId}/ticket-types")
  @ResponseStatus(HttpStatus.CREATED)
  TicketTypeView add(
      @PathVariable UUID eventId,
      @Valid @RequestBody TicketTypeTerms terms,
      Caller caller,
      Intent intent) {
    return addTicketType.handle(new AddTicketType.Command(intent.id(), eventId, terms), caller);
  }

  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = TicketTypeTerms.class)))
  @PatchMapping("/ticket-types/{ticketTypeId}")
  TicketTypeView change(
      @PathVariable UUID ticketTypeId, @RequestBody ObjectNode patch, IfMatch seen, Caller caller) {
    return changeTicketType.handle(
        new ChangeTicketType.Command(
            ticketTypeId, seen, terms -> mergePatch.apply(patch, terms, TicketTypeTerms.class)),
        caller);
  }

  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @DeleteMapping("/ticket-types/{ticketTypeId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable UUID ticketTypeId, IfMatch seen, Caller caller) {
    removeTicketType.handle(ticketTypeId, seen, caller);
  }
}
