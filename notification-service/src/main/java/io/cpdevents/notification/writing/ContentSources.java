package io.cpdevents.notification.writing;

import io.cpdevents.platform.http.InternalClients;
import java.util.Optional;
import java.util.UUID;
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
    return get(
        accounts, "/internal/verification-mails/{requestId}", requestId, VerificationContent.class);
  }

  /** Empty when registration-service knows no such registration. */
  Optional<RegistrationContent> registration(UUID registrationId) {
    return get(
        registration,
        "/internal/registrations/{registrationId}/mail-content",
        registrationId,
        RegistrationContent.class);
  }

  private static <T> Optional<T> get(RestClient client, String path, UUID id, Class<T> type) {
    try {
      return Optional.ofNullable(client.get().uri(path, id).retrieve().body(type));
    } catch (HttpClientErrorException e) {
      if (e.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
