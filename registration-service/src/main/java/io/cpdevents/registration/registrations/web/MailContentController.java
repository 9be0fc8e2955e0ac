package io.cpdevents.registration.registrations.web;

import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.InternalEndpoint;
import io.cpdevents.registration.registrations.RegistrationQueries;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Gives notification-service what mails show and no event may carry. */
@RestController
class MailContentController {

  /** Registrations that are asked about at once. */
  static final int MAX_REGISTRATIONS = 50;

  private final RegistrationQueries queries;

  MailContentController(RegistrationQueries queries) {
    this.queries = queries;
  }

  /** Of those that exist, in no order. */
  @InternalEndpoint
  @GetMapping("/internal/mail-contents")
  List<MailContent> mailContents(@RequestParam List<UUID> registrationId) {
    if (registrationId.size() > MAX_REGISTRATIONS) {
      throw RuleViolation.invalidField("registrationId", "too-many");
    }
    return queries.find(registrationId).stream().map(MailContent::of).toList();
  }
}
