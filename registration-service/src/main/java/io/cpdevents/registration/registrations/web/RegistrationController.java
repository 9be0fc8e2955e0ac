package io.cpdevents.registration.registrations.web;

import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PublicEndpoint;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.registration.registrations.HistoryEntry;
import io.cpdevents.registration.registrations.PlaceRegistration;
import io.cpdevents.registration.registrations.Quote;
import io.cpdevents.registration.registrations.QuoteTickets;
import io.cpdevents.registration.registrations.RegistrationQueries;
import io.cpdevents.registration.registrations.RegistrationView;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Quotes and registrations over HTTP. */
@RestController
@RequestMapping("/api/v1")
class RegistrationController {

  private final QuoteTickets quoteTickets;
  private final PlaceRegistration placeRegistration;
  private final RegistrationQueries queries;

  RegistrationController(
      QuoteTickets quoteTickets, PlaceRegistration placeRegistration, RegistrationQueries queries) {
    this.quoteTickets = quoteTickets;
    this.placeRegistration = placeRegistration;
    this.queries = queries;
  }

  @PublicEndpoint
  @PostMapping("/events/{eventId}/quotes")
  Quote quote(@PathVariable UUID eventId, @Valid @RequestBody QuoteRequest request) {
    return quoteTickets.handle(request.toCommand(eventId));
  }

  @AccountEndpoint
  @PostMapping("/events/{eventId}/registrations")
  ResponseEntity<RegistrationView> place(
      @PathVariable UUID eventId,
      @Valid @RequestBody RegistrationRequest request,
      Caller caller,
      Intent intent) {
    RegistrationView placed =
        placeRegistration.handle(request.toCommand(intent.id(), eventId, caller.accountId()));
    return ResponseEntity.created(URI.create("/api/v1/registrations/" + placed.id())).body(placed);
  }

  @AccountEndpoint
  @GetMapping("/registrations")
  Page<RegistrationView> mine(Caller caller, PageRequest page) {
    return queries.ofCaller(caller, page);
  }

  @AccountEndpoint
  @GetMapping("/registrations/{id}")
  RegistrationView get(@PathVariable UUID id, Caller caller) {
    return queries.get(id, caller);
  }

  @AccountEndpoint
  @GetMapping("/registrations/{id}/history")
  Page<HistoryEntry> history(@PathVariable UUID id, Caller caller, PageRequest page) {
    return queries.history(id, caller, page);
  }

  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF})
  @GetMapping("/events/{eventId}/registrations")
  Page<RegistrationView> ofEvent(@PathVariable UUID eventId, Caller caller, PageRequest page) {
    return queries.ofEvent(eventId, caller, page);
  }
}
