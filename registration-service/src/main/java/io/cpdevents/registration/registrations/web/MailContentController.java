package io.cpdevents.registration.registrations.web;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.InternalEndpoint;
import io.cpdevents.registration.registrations.RegistrationQueries;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Gives notification-service what a mail shows and no event may carry: names, addresses and ticket
 * codes.
 */
@RestController
class MailContentController {

  static final int MAX_REGISTRATIONS_PER_REQUEST = 50;

  private final RegistrationQueries queries;

  MailContentController(RegistrationQueries queries) {
    this.queries = queries;
  }

  /** The contents for those registrations that exist, in no order. */
  @InternalEndpoint
  @GetMapping("/internal/mail-contents")
  List<MailContent> mailContents(@RequestParam List<UUID> registrationId) {
    if (registrationId.size() > MAX_REGISTRATIONS_PER_REQUEST) {
      throw RuleViolation.invalidField("registrationId", "too-many");
    }
    return queries.find(registrationId).stream().map(MailContent::of).toList();
  }
}
