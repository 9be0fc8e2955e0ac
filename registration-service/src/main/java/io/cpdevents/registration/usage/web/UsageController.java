package io.cpdevents.registration.usage.web;

import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.registration.usage.UsageQueries;
import io.cpdevents.registration.usage.UsageView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Usage over HTTP. */
@Tag(name = "Usage", description = "What organizations use of what their plans allow.")
@RestController
@RequestMapping("/api/v1")
class UsageController {

  private final UsageQueries queries;

  UsageController(UsageQueries queries) {
    this.queries = queries;
  }

  @Operation(summary = "What an organization has used of its plan this month")
  @GetMapping("/organizations/{organizationId}/usage")
  @OrganizationEndpoint({OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF})
  UsageView getUsage(Caller caller, @PathVariable UUID organizationId) {
    caller.requireRole(
        organizationId, OrganizationRole.ADMIN, OrganizationRole.FINANCE, OrganizationRole.STAFF);
    return queries.ofOrganization(organizationId);
  }
}
