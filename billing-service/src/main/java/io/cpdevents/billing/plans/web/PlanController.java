package io.cpdevents.billing.plans.web;

import io.cpdevents.billing.plans.Plan;
import io.cpdevents.billing.plans.PlanQueries;
import io.cpdevents.platform.security.PublicEndpoint;
import io.cpdevents.platform.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue over HTTP. */
@Tag(name = "Plans", description = "What organizations pay, and what they may do for that.")
@RestController
@RequestMapping("/api/v1")
class PlanController {

  private final PlanQueries queries;

  PlanController(PlanQueries queries) {
    this.queries = queries;
  }

  @Operation(summary = "All plans with their prices, limits and fee rules")
  @GetMapping("/plans")
  @PublicEndpoint
  Page<Plan> listPlans() {
    return Page.whole(queries.all());
  }
}
