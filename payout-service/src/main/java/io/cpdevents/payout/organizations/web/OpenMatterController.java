package io.cpdevents.payout.organizations.web;

import io.cpdevents.payout.organizations.OpenMatterQueries;
import io.cpdevents.platform.security.InternalEndpoint;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Is asked by accounts-service before it closes an organization. */
@RestController
class OpenMatterController {

  private final OpenMatterQueries matters;

  OpenMatterController(OpenMatterQueries matters) {
    this.matters = matters;
  }

  /** What is in the way of closing it. */
  @InternalEndpoint
  @GetMapping("/internal/organizations/{organizationId}/open-matters")
  List<String> openMatters(@PathVariable UUID organizationId) {
    return matters.of(organizationId);
  }
}
