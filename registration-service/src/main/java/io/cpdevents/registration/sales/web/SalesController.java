package io.cpdevents.registration.sales.web;

import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.web.Page;
import io.cpdevents.registration.Refuses;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.sales.SalesDay;
import io.cpdevents.registration.sales.SalesQueries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Sales over HTTP. */
@Tag(name = "Registrations")
@RestController
class SalesController {

  private final SalesQueries queries;

  SalesController(SalesQueries queries) {
    this.queries = queries;
  }

  @Operation(summary = "What was sold of an event, day by day")
  @Refuses({RegistrationProblem.EVENT_NOT_FOUND})
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF})
  @GetMapping("/api/v1/events/{eventId}/sales")
  Page<SalesDay> listSales(@PathVariable UUID eventId, Caller caller) {
    return Page.whole(queries.byDay(eventId, caller));
  }
}
