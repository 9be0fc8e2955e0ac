package io.cpdevents.registration.checkin.web;

import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.Page;
import io.cpdevents.registration.Refuses;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.checkin.CheckInTicket;
import io.cpdevents.registration.checkin.CheckInView;
import io.cpdevents.registration.checkin.SettleScans;
import io.cpdevents.registration.checkin.SettledScan;
import io.cpdevents.registration.checkin.UndoCheckIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Doors over HTTP. */
@Tag(name = "Check-in", description = "Who has come to an event.")
@RestController
@RequestMapping("/api/v1/events/{eventId}/check-ins")
class CheckInController {

  private final CheckInTicket checkInTicket;
  private final SettleScans settleScans;
  private final UndoCheckIn undoCheckIn;

  CheckInController(CheckInTicket checkInTicket, SettleScans settleScans, UndoCheckIn undoCheckIn) {
    this.checkInTicket = checkInTicket;
    this.settleScans = settleScans;
    this.undoCheckIn = undoCheckIn;
  }

  @Operation(summary = "Let somebody in by a ticket, or out")
  @Refuses({
    RegistrationProblem.EVENT_NOT_FOUND,
    RegistrationProblem.EVENT_CANCELLED,
    RegistrationProblem.CHECK_IN_CLOSED,
    RegistrationProblem.TICKET_NOT_VALID,
    RegistrationProblem.ALREADY_CHECKED_IN,
    RegistrationProblem.NOT_CHECKED_IN
  })
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.STAFF})
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping
  ResponseEntity<CheckInView> checkInTicket(
      @PathVariable UUID eventId,
      @Valid @RequestBody CheckInRequest request,
      Caller caller,
      Intent intent) {
    CheckInView checkedIn = checkInTicket.handle(request.toCommand(intent.id(), eventId), caller);
    return ResponseEntity.created(URI.create("/api/v1/tickets/" + checkedIn.ticketId()))
        .body(checkedIn);
  }

  @Operation(
      summary =
          "Upload what a scanner has seen while it was offline: one result for each scan, in their"
              + " order; the same upload changes nothing")
  @Refuses({RegistrationProblem.EVENT_NOT_FOUND, RegistrationProblem.CHECK_IN_CLOSED})
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.STAFF})
  @PostMapping("/batch")
  Page<SettledScan> uploadScans(
      @PathVariable UUID eventId, @Valid @RequestBody ScansRequest request, Caller caller) {
    return Page.whole(settleScans.handle(request.toCommand(eventId), caller));
  }

  @Operation(summary = "Take back that somebody has come")
  @Refuses({RegistrationProblem.EVENT_NOT_FOUND, RegistrationProblem.TICKET_NOT_FOUND})
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.STAFF})
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @DeleteMapping("/{ticketId}")
  void undoCheckIn(@PathVariable UUID eventId, @PathVariable UUID ticketId, Caller caller) {
    undoCheckIn.handle(new UndoCheckIn.Command(eventId, ticketId), caller);
  }
}
