package io.cpdevents.registration.registrations.web;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.InternalEndpoint;
import io.cpdevents.registration.registrations.RegistrationQueries;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Gives notification-service what a mail shows and no event may carry. */
@RestController
class MailContentController {

  private final RegistrationQueries queries;

  MailContentController(RegistrationQueries queries) {
    this.queries = queries;
  }

  @InternalEndpoint
  @GetMapping("/internal/registrations/{id}/mail-content")
  MailContent mailContent(@PathVariable UUID id) {
    return queries
        .find(id)
        .map(MailContent::of)
        .orElseThrow(() -> RuleViolation.notFound("registration-not-found"));
  }
}
