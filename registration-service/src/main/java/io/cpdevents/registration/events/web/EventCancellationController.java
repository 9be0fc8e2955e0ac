package io.cpdevents.registration.events.web;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.idempotency.RequiresIdempotencyKey;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.security.StepUp;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.registration.Refuses;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.CancelEvent;
import io.cpdevents.registration.events.EventCancellationQueries;
import io.cpdevents.registration.events.EventCancellationView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Cancellations of events over HTTP. */
@Tag(name = "Events", description = "Events of organizations, from draft to sale.")
@RestController
@RequestMapping("/api/v1/events/{eventId}/cancellation")
class EventCancellationController {

  private final CancelEvent cancelEvent;
  private final EventCancellationQueries queries;

  EventCancellationController(CancelEvent cancelEvent, EventCancellationQueries queries) {
    this.cancelEvent = cancelEvent;
    this.queries = queries;
  }

  @Operation(summary = "Cancel an event and refund every registration")
  @Refuses({
    RegistrationProblem.EVENT_NOT_FOUND,
    RegistrationProblem.EVENT_CANCELLED,
    RegistrationProblem.EVENT_OVER
  })
  @RefusesCommonly({CommonProblem.WRONG_STATE})
  @StepUp
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @RequiresIdempotencyKey
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  ResponseEntity<EventCancellationView> cancelEvent(
      @PathVariable UUID eventId,
      @Valid @RequestBody CancelEventRequest request,
      IfMatch seen,
      Caller caller,
      Intent intent) {
    EventCancellationView cancellation =
        cancelEvent.handle(request.toCommand(intent.id(), eventId, seen), caller);
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/events/" + eventId + "/cancellation"))
        .body(cancellation);
  }

  @Operation(summary = "How far the cancellation of an event has come")
  @Refuses({RegistrationProblem.EVENT_NOT_FOUND, RegistrationProblem.CANCELLATION_NOT_FOUND})
  @OrganizationEndpoint(
      value = {OrganizationRole.ADMIN, OrganizationRole.FINANCE},
      platform = {PlatformRole.PLATFORM_FINANCE, PlatformRole.PLATFORM_SUPPORT})
  @GetMapping
  EventCancellationView getEventCancellation(@PathVariable UUID eventId, Caller caller) {
    return queries.get(eventId, caller);
  }
}
