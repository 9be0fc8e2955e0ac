package io.cpdevents.registration.waitlist.web;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.http.CallerNetwork;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.registration.Refuses;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.registrations.RegistrationView;
import io.cpdevents.registration.waitlist.AcceptOffer;
import io.cpdevents.registration.waitlist.JoinWaitlist;
import io.cpdevents.registration.waitlist.LeaveWaitlist;
import io.cpdevents.registration.waitlist.MoveEntry;
import io.cpdevents.registration.waitlist.WaitlistEntryView;
import io.cpdevents.registration.waitlist.WaitlistQueries;
import io.cpdevents.registration.waitlist.WaitlistStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Waiting for places over HTTP. */
@Tag(name = "Waitlist", description = "Waiting for places that come back.")
@RestController
@RequestMapping("/api/v1")
class WaitlistController {

  private final JoinWaitlist joinWaitlist;
  private final LeaveWaitlist leaveWaitlist;
  private final AcceptOffer acceptOffer;
  private final MoveEntry moveEntry;
  private final WaitlistQueries queries;

  WaitlistController(
      JoinWaitlist joinWaitlist,
      LeaveWaitlist leaveWaitlist,
      AcceptOffer acceptOffer,
      MoveEntry moveEntry,
      WaitlistQueries queries) {
    this.joinWaitlist = joinWaitlist;
    this.leaveWaitlist = leaveWaitlist;
    this.acceptOffer = acceptOffer;
    this.moveEntry = moveEntry;
    this.queries = queries;
  }

  @Operation(summary = "Wait for places that are not there, all together")
  @Refuses({
    RegistrationProblem.EVENT_NOT_FOUND,
    RegistrationProblem.EVENT_CANCELLED,
    RegistrationProblem.TICKET_TYPE_NOT_FOUND,
    RegistrationProblem.SALES_CLOSED,
    RegistrationProblem.QUANTITY_TOO_LOW,
    RegistrationProblem.QUANTITY_TOO_HIGH,
    RegistrationProblem.TOTAL_BELOW_MINIMUM,
    RegistrationProblem.PLACES_LEFT,
    RegistrationProblem.ALREADY_WAITING
  })
  @RefusesCommonly({CommonProblem.AMOUNT_NOT_PAYABLE})
  @ResponseStatus(HttpStatus.CREATED)
  @AccountEndpoint
  @PostMapping("/events/{eventId}/waitlist")
  ResponseEntity<WaitlistEntryView> joinWaitlist(
      @PathVariable UUID eventId,
      @Valid @RequestBody WaitlistRequest request,
      Caller caller,
      Intent intent,
      HttpServletRequest from) {
    WaitlistEntryView joined =
        joinWaitlist.handle(
            new JoinWaitlist.Command(
                intent.id(), eventId, request.tickets(), CallerNetwork.of(from).orElse(null)),
            caller);
    return ResponseEntity.created(URI.create("/api/v1/waitlist/" + joined.id())).body(joined);
  }

  @Operation(summary = "Who waits for an event, or has, in the order in which they joined")
  @Refuses({RegistrationProblem.EVENT_NOT_FOUND})
  @OrganizationEndpoint(
      value = {OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF},
      platform = PlatformRole.PLATFORM_SUPPORT)
  @GetMapping("/events/{eventId}/waitlist")
  Page<WaitlistEntryView> listWaitlist(
      @PathVariable UUID eventId,
      @RequestParam(required = false) @Nullable WaitlistStatus status,
      Caller caller,
      PageRequest page) {
    return queries.ofEvent(eventId, status, caller, page);
  }

  @Operation(summary = "A waitlist entry, with its position and why it has changed")
  @Refuses({RegistrationProblem.WAITLIST_ENTRY_NOT_FOUND})
  @AccountEndpoint(
      organization = {OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF},
      platform = PlatformRole.PLATFORM_SUPPORT)
  @GetMapping("/waitlist/{waitlistEntryId}")
  WaitlistEntryView getWaitlistEntry(@PathVariable UUID waitlistEntryId, Caller caller) {
    return queries.get(waitlistEntryId, caller);
  }

  @Operation(summary = "Leave the waitlist, or decline what is offered")
  @Refuses({RegistrationProblem.WAITLIST_ENTRY_NOT_FOUND})
  @RefusesCommonly({CommonProblem.WRONG_STATE})
  @AccountEndpoint
  @DeleteMapping("/waitlist/{waitlistEntryId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void leaveWaitlist(@PathVariable UUID waitlistEntryId, Caller caller) {
    leaveWaitlist.handle(waitlistEntryId, caller);
  }

  @Operation(
      summary =
          "Take the places that are offered, at the prices of now: held until they are paid, or"
              + " confirmed at once when they are free")
  @Refuses({
    RegistrationProblem.WAITLIST_ENTRY_NOT_FOUND,
    RegistrationProblem.NOT_OFFERED,
    RegistrationProblem.NOT_WHAT_IS_OFFERED,
    RegistrationProblem.EVENT_CANCELLED,
    RegistrationProblem.SALES_CLOSED,
    RegistrationProblem.ACCOUNT_LIMIT_REACHED,
    RegistrationProblem.TOTAL_BELOW_MINIMUM
  })
  @RefusesCommonly({CommonProblem.AMOUNT_NOT_PAYABLE})
  @ResponseStatus(HttpStatus.CREATED)
  @AccountEndpoint
  @PostMapping("/waitlist/{waitlistEntryId}/acceptance")
  ResponseEntity<RegistrationView> acceptOffer(
      @PathVariable UUID waitlistEntryId,
      @Valid @RequestBody AcceptanceRequest request,
      Caller caller,
      Intent intent) {
    RegistrationView made =
        acceptOffer.handle(request.toCommand(waitlistEntryId, intent.id()), caller);
    return ResponseEntity.created(URI.create("/api/v1/registrations/" + made.id())).body(made);
  }

  @Operation(summary = "Give somebody who waits another position, and say why")
  @Refuses({RegistrationProblem.WAITLIST_ENTRY_NOT_FOUND})
  @RefusesCommonly({CommonProblem.WRONG_STATE})
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @PutMapping("/waitlist/{waitlistEntryId}/position")
  WaitlistEntryView moveWaitlistEntry(
      @PathVariable UUID waitlistEntryId,
      @Valid @RequestBody PositionRequest request,
      Caller caller) {
    return moveEntry.handle(
        new MoveEntry.Command(waitlistEntryId, request.before(), request.reason()), caller);
  }
}
