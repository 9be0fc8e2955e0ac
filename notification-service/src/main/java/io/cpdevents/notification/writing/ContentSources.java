package io.cpdevents.notification.writing;

import io.cpdevents.platform.http.InternalClients;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** Asks the owners for what a mail says, at the moment it is sent. */
@Component
class ContentSources {

  private final RestClient accounts;
  private final RestClient registration;

  ContentSources(InternalClients clients, ContentAddresses addresses) {
    this.accounts = clients.to("accounts", addresses.accountsUrl());
    this.registration = clients.to("registration", addresses.registrationUrl());
  }

  /** Empty when the request was used, replaced or removed. */
  Optional<VerificationContent> verification(UUID requestId) {
    try {
      return Optional.of(
          accounts
              .get()
              .uri("/internal/verification-mails/{requestId}", requestId)
              .retrieve()
              .requiredBody(VerificationContent.class));
    } catch (HttpClientErrorException e) {
      if (e.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Of those that registration-service knows. */
  Map<UUID, RegistrationContent> registrations(Set<UUID> registrationIds) {
    List<RegistrationContent> known =
        registration
            .get()
            .uri(uri ->
                uri.path("/internal/mail-contents")
                    .queryParam("registrationId", registrationIds.toArray())
                    .build())
            .retrieve()
            .requiredBody(new ParameterizedTypeReference<>() {});
    return known.stream()
        .collect(Collectors.toMap(RegistrationContent::registrationId, content -> content));
  }
}
