package io.cpdevents.registration.usage.web;

import io.cpdevents.platform.security.InternalEndpoint;
import io.cpdevents.registration.usage.UsageQueries;
import io.cpdevents.registration.usage.UsageView;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells billing-service what a change of plan is held against. */
@RestController
class PresentUsageController {

  private final UsageQueries usage;

  PresentUsageController(UsageQueries usage) {
    this.usage = usage;
  }

  /** What an organization has used this month. */
  @InternalEndpoint
  @GetMapping("/internal/usage")
  UsageView usage(@RequestParam UUID organizationId) {
    return usage.ofOrganization(organizationId);
  }
}
