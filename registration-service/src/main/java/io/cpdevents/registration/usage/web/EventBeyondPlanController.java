package io.cpdevents.registration.usage.web;

import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.security.InternalEndpoint;
import io.cpdevents.registration.usage.BeyondPlan;
import io.cpdevents.registration.usage.UsageQueries;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells notification-service what a mail about a plan that was lost shows. */
@RestController
class EventBeyondPlanController {

  static final int MAX_ORGANIZATIONS_PER_REQUEST = 50;

  private final UsageQueries usage;

  EventBeyondPlanController(UsageQueries usage) {
    this.usage = usage;
  }

  /** Events of this month that the plans of these organizations would not let them publish. */
  @InternalEndpoint
  @GetMapping("/internal/events-beyond-plan")
  List<BeyondPlan> eventsBeyondPlan(@RequestParam List<UUID> organizationId) {
    if (organizationId.size() > MAX_ORGANIZATIONS_PER_REQUEST) {
      throw FieldProblem.WRONG_LENGTH.on("organizationId");
    }
    return usage.beyondPlan(organizationId);
  }
}
