package io.cpdevents.registration.organizations.web;

import io.cpdevents.platform.security.InternalEndpoint;
import io.cpdevents.registration.organizations.PrepareClosing;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Is asked by accounts-service before it closes an organization. */
@RestController
class ClosingController {

  private final PrepareClosing prepareClosing;

  ClosingController(PrepareClosing prepareClosing) {
    this.prepareClosing = prepareClosing;
  }

  /** What is in the way of closing it; when it is nothing, nothing goes on sale for ten minutes. */
  @InternalEndpoint
  @PutMapping("/internal/organizations/{organizationId}/closing")
  List<String> prepareClosing(@PathVariable UUID organizationId) {
    return prepareClosing.handle(organizationId);
  }
}
