package io.cpdevents.registration.events.web;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PublicEndpoint;
import io.cpdevents.platform.sql.Period;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.platform.web.BrieflyCached;
import io.cpdevents.platform.web.IfMatch;
import io.cpdevents.platform.web.MergePatch;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.registration.Refuses;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.ChangeEvent;
import io.cpdevents.registration.events.CopyEvent;
import io.cpdevents.registration.events.CreateEvent;
import io.cpdevents.registration.events.EventFilter;
import io.cpdevents.registration.events.EventMode;
import io.cpdevents.registration.events.EventQueries;
import io.cpdevents.registration.events.EventTerms;
import io.cpdevents.registration.events.EventView;
import io.cpdevents.registration.events.PublishEvent;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Events over HTTP. */
@Tag(name = "Events", description = "Events of organizations, from draft to sale.")
@RestController
@RequestMapping("/api/v1")
class EventController {

  private static final int MAX_SEARCH_CHARACTERS = 200;

  private final CreateEvent createEvent;
  private final CopyEvent copyEvent;
  private final ChangeEvent changeEvent;
  private final PublishEvent publishEvent;
  private final EventQueries queries;
  private final MergePatch mergePatch;

  EventController(
      CreateEvent createEvent,
      CopyEvent copyEvent,
      ChangeEvent changeEvent,
      PublishEvent publishEvent,
      EventQueries queries,
      MergePatch mergePatch) {
    this.createEvent = createEvent;
    this.copyEvent = copyEvent;
    this.changeEvent = changeEvent;
    this.publishEvent = publishEvent;
    this.queries = queries;
    this.mergePatch = mergePatch;
  }

  @Operation(summary = "Create an event as a draft")
  @ResponseStatus(HttpStatus.CREATED)
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @PostMapping("/organizations/{organizationId}/events")
  ResponseEntity<EventView> createEvent(
      @PathVariable UUID organizationId,
      @Valid @RequestBody CreateEventRequest request,
      Caller caller,
      Intent intent) {
    EventView created = createEvent.handle(request.toCommand(intent.id(), organizationId), caller);
    return ResponseEntity.created(URI.create("/api/v1/events/" + created.id())).body(created);
  }

  @Operation(summary = "All events of an organization, drafts too")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF})
  @GetMapping("/organizations/{organizationId}/events")
  Page<EventView> listOrganizationEvents(
      @PathVariable UUID organizationId, Caller caller, PageRequest page) {
    return queries.ofOrganization(organizationId, caller, page);
  }

  @Operation(summary = "Published events, optionally those that a search finds")
  @PublicEndpoint
  @BrieflyCached
  @GetMapping("/events")
  Page<EventView> listEvents(
      @RequestParam(required = false)
          @Parameter(
              description =
                  "Only events with these words, with or without accents; the last may be begun.")
          @Nullable
          @OneLine(max = MAX_SEARCH_CHARACTERS)
          String search,
      @RequestParam(required = false) @Parameter(description = "Only of this organization.")
          @Nullable UUID organizationId,
      @RequestParam(required = false) @Parameter(description = "Only those that are attended so.")
          @Nullable EventMode mode,
      @RequestParam(required = false)
          @Parameter(description = "With a ticket for nothing, or one that costs something.")
          EventFilter.@Nullable Price price,
      Period period,
      PageRequest page) {
    return queries.onSale(search, new EventFilter(organizationId, mode, price, period), page);
  }

  @Operation(
      summary =
          "An event with its ticket types; a draft is shown to the members of its organization")
  @Refuses({RegistrationProblem.EVENT_NOT_FOUND})
  @PublicEndpoint(
      organization = {OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF})
  @BrieflyCached
  @GetMapping("/events/{eventId}")
  EventView getEvent(@PathVariable UUID eventId, Optional<Caller> caller) {
    return queries.get(eventId, caller);
  }

  @Operation(summary = "Change an event")
  @Refuses({
    RegistrationProblem.EVENT_NOT_FOUND,
    RegistrationProblem.EVENT_CANCELLED,
    RegistrationProblem.CAPACITY_BELOW_TAKEN,
    RegistrationProblem.INCOMPLETE,
    RegistrationProblem.PLAN_LIMIT_REACHED
  })
  @RefusesCommonly({CommonProblem.WRONG_STATE})
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = EventTerms.class)))
  @PatchMapping("/events/{eventId}")
  EventView changeEvent(
      @PathVariable UUID eventId, @RequestBody ObjectNode patch, IfMatch seen, Caller caller) {
    return changeEvent.handle(
        new ChangeEvent.Command(
            eventId, seen, terms -> mergePatch.apply(patch, terms, EventTerms.class)),
        caller);
  }

  @Operation(summary = "Draft an event like another one, with its ticket types and questions")
  @Refuses({RegistrationProblem.EVENT_NOT_FOUND})
  @ResponseStatus(HttpStatus.CREATED)
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @PostMapping("/events/{eventId}/copy")
  ResponseEntity<EventView> copyEvent(
      @PathVariable UUID eventId,
      @Valid @RequestBody CopyEventRequest request,
      Caller caller,
      Intent intent) {
    EventView copy = copyEvent.handle(request.toCommand(intent.id(), eventId), caller);
    return ResponseEntity.created(URI.create("/api/v1/events/" + copy.id())).body(copy);
  }

  @Operation(summary = "Put an event on sale")
  @Refuses({
    RegistrationProblem.EVENT_NOT_FOUND,
    RegistrationProblem.EVENT_CANCELLED,
    RegistrationProblem.INCOMPLETE,
    RegistrationProblem.PLAN_LIMIT_REACHED
  })
  @RefusesCommonly({CommonProblem.WRONG_STATE})
  @OrganizationEndpoint(OrganizationRole.ADMIN)
  @PostMapping("/events/{eventId}/publication")
  EventView publishEvent(@PathVariable UUID eventId, IfMatch seen, Caller caller) {
    return publishEvent.handle(new PublishEvent.Command(eventId, seen), caller);
  }
}
