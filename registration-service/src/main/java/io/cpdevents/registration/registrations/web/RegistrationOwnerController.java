package io.cpdevents.registration.registrations.web;

import io.cpdevents.platform.security.InternalEndpoint;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.registrations.RegistrationQueries;
import io.cpdevents.registration.registrations.RegistrationQueries.Owner;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells billing-service whose a registration is that it has not heard of yet: nobody waits for the
 * payment of somebody else's, nor for one that never comes.
 */
@RestController
class RegistrationOwnerController {

  private final RegistrationQueries registrations;

  RegistrationOwnerController(RegistrationQueries registrations) {
    this.registrations = registrations;
  }

  /** The account that has made a registration. */
  @InternalEndpoint
  @GetMapping("/internal/registrations/{registrationId}/owner")
  Owner ownerOfRegistration(@PathVariable UUID registrationId) {
    return registrations
        .findOwner(registrationId)
        .orElseThrow(() -> RegistrationProblem.REGISTRATION_NOT_FOUND.violation());
  }
}
