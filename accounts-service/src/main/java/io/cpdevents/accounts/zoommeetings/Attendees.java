package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.platform.http.InternalClients;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Asks registration-service who is to attend. */
@Component
class Attendees {

  private final RestClient registration;

  Attendees(InternalClients clients, @Value("${cpd.registration-url}") String registrationUrl) {
    this.registration = clients.to("registration", registrationUrl);
  }

  /** Those with a valid ticket of these registrations now, as far as they are confirmed. */
  List<Attendee> of(Collection<UUID> registrationIds) {
    return registration
        .get()
        .uri(uri ->
            uri.path("/internal/attendees").queryParam("registrationId", registrationIds).build())
        .retrieve()
        .requiredBody(new ParameterizedTypeReference<List<Attendee>>() {});
  }
}
