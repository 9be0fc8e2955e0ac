package io.cpdevents.registration.tickets.web;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.platform.web.MergePatch;
import io.cpdevents.registration.Refuses;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.tickets.IssuedTicketView;
import io.cpdevents.registration.tickets.SetTransferRules;
import io.cpdevents.registration.tickets.TicketHolder;
import io.cpdevents.registration.tickets.TicketQueries;
import io.cpdevents.registration.tickets.TransferRules;
import io.cpdevents.registration.tickets.TransferTicket;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Tickets over HTTP. */
@Tag(name = "Tickets", description = "Whom tickets are for.")
@RestController
@RequestMapping("/api/v1")
class TicketController {

  private final TicketQueries queries;
  private final TransferTicket transferTicket;
  private final SetTransferRules setTransferRules;
  private final MergePatch mergePatch;

  TicketController(
      TicketQueries queries,
      TransferTicket transferTicket,
      SetTransferRules setTransferRules,
      MergePatch mergePatch) {
    this.queries = queries;
    this.transferTicket = transferTicket;
    this.setTransferRules = setTransferRules;
    this.mergePatch = mergePatch;
  }

  @Operation(summary = "A ticket, with all that its page shows")
  @Refuses({RegistrationProblem.TICKET_NOT_FOUND})
  @AccountEndpoint(
      organization = {OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF},
      platform = PlatformRole.PLATFORM_SUPPORT)
  @GetMapping("/tickets/{ticketId}")
  IssuedTicketView getTicket(@PathVariable UUID ticketId, Caller caller) {
    return queries.get(ticketId, caller);
  }

  @Operation(
      summary =
          "Give a ticket to somebody else, or correct its holder's name: with another address it"
              + " gets another code")
  @Refuses({
    RegistrationProblem.TICKET_NOT_FOUND,
    RegistrationProblem.EVENT_CANCELLED,
    RegistrationProblem.ALREADY_CANCELLED,
    RegistrationProblem.ALREADY_CHECKED_IN,
    RegistrationProblem.TRANSFER_CLOSED,
    RegistrationProblem.TOO_MANY_TRANSFERS
  })
  @RefusesCommonly({CommonProblem.WRONG_STATE, CommonProblem.ROLE_MISSING})
  @AccountEndpoint(organization = OrganizationRole.ADMIN)
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = TicketHolder.class)))
  @PatchMapping("/tickets/{ticketId}")
  IssuedTicketView transferTicket(
      @PathVariable UUID ticketId, @RequestBody ObjectNode patch, IfMatch seen, Caller caller) {
    return transferTicket.handle(
        new TransferTicket.Command(
            ticketId, seen, holder -> mergePatch.apply(patch, holder, TicketHolder.class)),
        caller);
  }

  @Operation(summary = "Whether and until when buyers may give tickets to others")
  @Refuses({RegistrationProblem.EVENT_NOT_FOUND})
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF})
  @GetMapping("/events/{eventId}/transfers")
  TransferRules getTransferRules(@PathVariable UUID eventId, Caller caller) {
    return queries.rules(eventId, caller);
  }

  @Operation(summary = "Decide whether and until when buyers may give tickets to others")
  @Refuses({RegistrationProblem.EVENT_NOT_FOUND, RegistrationProblem.EVENT_CANCELLED})
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @PutMapping("/events/{eventId}/transfers")
  TransferRules setTransferRules(
      @PathVariable UUID eventId, @Valid @RequestBody TransferRules rules, Caller caller) {
    return setTransferRules.handle(new SetTransferRules.Command(eventId, rules), caller);
  }
}
