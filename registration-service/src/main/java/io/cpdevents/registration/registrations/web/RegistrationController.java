package io.cpdevents.registration.registrations.web;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.http.CallerNetwork;
import io.cpdevents.platform.idempotency.ChangesNothing;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.security.PublicEndpoint;
import io.cpdevents.platform.sql.UsualTime;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.registration.Refuses;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.registrations.HistoryEntry;
import io.cpdevents.registration.registrations.PlaceRegistration;
import io.cpdevents.registration.registrations.Quote;
import io.cpdevents.registration.registrations.QuoteTickets;
import io.cpdevents.registration.registrations.RegistrationQueries;
import io.cpdevents.registration.registrations.RegistrationView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Quotes and registrations over HTTP. */
@Tag(name = "Registrations", description = "Buying tickets, and cancelling them.")
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

  @Operation(summary = "What tickets cost")
  @Refuses({
    RegistrationProblem.EVENT_NOT_FOUND,
    RegistrationProblem.EVENT_CANCELLED,
    RegistrationProblem.TICKET_TYPE_NOT_FOUND,
    RegistrationProblem.SALES_CLOSED,
    RegistrationProblem.QUANTITY_TOO_LOW,
    RegistrationProblem.QUANTITY_TOO_HIGH,
    RegistrationProblem.PROMO_INVALID,
    RegistrationProblem.PROMO_EXHAUSTED,
    RegistrationProblem.PROMO_ACCOUNT_LIMIT,
    RegistrationProblem.TOTAL_BELOW_MINIMUM
  })
  @RefusesCommonly({CommonProblem.AMOUNT_NOT_PAYABLE})
  @PublicEndpoint
  @ChangesNothing
  @PostMapping("/events/{eventId}/quotes")
  Quote quoteTickets(
      @PathVariable UUID eventId,
      @Valid @RequestBody QuoteRequest request,
      Optional<Caller> caller,
      HttpServletRequest from) {
    return quoteTickets.handle(
        request.toCommand(
            eventId,
            caller.map(Caller::accountId).orElse(null),
            CallerNetwork.of(from).orElse(null)));
  }

  @Operation(
      summary =
          "Register for an event: held until it is paid, or confirmed at once when it is free")
  @Refuses({
    RegistrationProblem.EVENT_NOT_FOUND,
    RegistrationProblem.EVENT_CANCELLED,
    RegistrationProblem.TICKET_TYPE_NOT_FOUND,
    RegistrationProblem.SALES_CLOSED,
    RegistrationProblem.QUANTITY_TOO_LOW,
    RegistrationProblem.QUANTITY_TOO_HIGH,
    RegistrationProblem.PROMO_INVALID,
    RegistrationProblem.PROMO_EXHAUSTED,
    RegistrationProblem.PROMO_ACCOUNT_LIMIT,
    RegistrationProblem.TOTAL_BELOW_MINIMUM,
    RegistrationProblem.SOLD_OUT,
    RegistrationProblem.ACCOUNT_LIMIT_REACHED,
    RegistrationProblem.HOLD_LIMIT_REACHED,
    RegistrationProblem.HOLD_TOO_LARGE,
    RegistrationProblem.EVENT_CHANGED
  })
  @RefusesCommonly({CommonProblem.AMOUNT_NOT_PAYABLE})
  @ResponseStatus(HttpStatus.CREATED)
  @AccountEndpoint
  @PostMapping("/events/{eventId}/registrations")
  ResponseEntity<RegistrationView> createRegistration(
      @PathVariable UUID eventId,
      @Valid @RequestBody RegistrationRequest request,
      Caller caller,
      Intent intent,
      HttpServletRequest from) {
    RegistrationView placed =
        placeRegistration.handle(
            request.toCommand(
                intent.id(), eventId, caller.accountId(), CallerNetwork.of(from).orElse(null)));
    return ResponseEntity.created(URI.create("/api/v1/registrations/" + placed.id())).body(placed);
  }

  @Operation(summary = "My registrations")
  @AccountEndpoint
  @GetMapping("/registrations")
  Page<RegistrationView> listRegistrations(Caller caller, PageRequest page) {
    return queries.ofCaller(caller, page);
  }

  @Operation(summary = "A registration with its tickets, now or as of a time")
  @Refuses({RegistrationProblem.REGISTRATION_NOT_FOUND})
  @AccountEndpoint(
      organization = {OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF},
      platform = PlatformRole.PLATFORM_SUPPORT)
  @GetMapping("/registrations/{registrationId}")
  RegistrationView getRegistration(
      @PathVariable UUID registrationId,
      @RequestParam(required = false) @UsualTime @Nullable Instant asOf,
      Caller caller) {
    return asOf == null
        ? queries.get(registrationId, caller)
        : queries.getAsOf(registrationId, asOf, caller);
  }

  @Operation(summary = "What happened to a registration")
  @Refuses({RegistrationProblem.REGISTRATION_NOT_FOUND})
  @AccountEndpoint(
      organization = {OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF},
      platform = PlatformRole.PLATFORM_SUPPORT)
  @GetMapping("/registrations/{registrationId}/history")
  Page<HistoryEntry> listRegistrationHistory(
      @PathVariable UUID registrationId, Caller caller, PageRequest page) {
    return queries.history(registrationId, caller, page);
  }
}
