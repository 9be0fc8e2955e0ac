package io.cpdevents.notification.accounts;

import io.cpdevents.notification.writing.ContentSource;
import io.cpdevents.platform.http.InternalClients;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** Asks accounts-service for what verification mails say, by the id of the request. */
@Component
class VerificationContents implements ContentSource<VerificationContent> {

  private final RestClient accounts;

  VerificationContents(InternalClients clients, @Value("${cpd.accounts-url}") String accountsUrl) {
    this.accounts = clients.to("accounts", accountsUrl);
  }

  @Override
  public String owner() {
    return "accounts";
  }

  @Override
  public Class<VerificationContent> contentType() {
    return VerificationContent.class;
  }

  @Override
  public int maxIdsPerCall() {
    return 1;
  }

  /** A request that is not there any more was used or replaced by a newer one. */
  @Override
  public boolean isUnknownGone() {
    return true;
  }

  @Override
  public Map<UUID, VerificationContent> find(Set<UUID> requestIds) {
    Map<UUID, VerificationContent> found = new HashMap<>();
    for (UUID requestId : requestIds) {
      find(requestId).ifPresent(content -> found.put(requestId, content));
    }
    return found;
  }

  private Optional<VerificationContent> find(UUID requestId) {
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
}
