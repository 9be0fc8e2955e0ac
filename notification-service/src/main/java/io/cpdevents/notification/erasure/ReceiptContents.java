package io.cpdevents.notification.erasure;

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

/** Asks accounts-service for receipts of erasures, by the erasure's id. */
@Component
class ReceiptContents implements ContentSource<ReceiptContent> {

  private final RestClient accounts;

  ReceiptContents(InternalClients clients, @Value("${cpd.accounts-url}") String accountsUrl) {
    this.accounts = clients.to("accounts", accountsUrl);
  }

  @Override
  public String owner() {
    return "accounts";
  }

  @Override
  public Class<ReceiptContent> contentType() {
    return ReceiptContent.class;
  }

  @Override
  public int maxIdsPerCall() {
    return 1;
  }

  /** A receipt is never removed: whoever does not know it yet will. */
  @Override
  public boolean isUnknownGone() {
    return false;
  }

  @Override
  public Map<UUID, ReceiptContent> find(Set<UUID> erasureIds) {
    Map<UUID, ReceiptContent> found = new HashMap<>();
    for (UUID erasureId : erasureIds) {
      find(erasureId).ifPresent(content -> found.put(erasureId, content));
    }
    return found;
  }

  private Optional<ReceiptContent> find(UUID erasureId) {
    try {
      return Optional.of(
          accounts
              .get()
              .uri("/internal/erasure-receipts/{erasureId}", erasureId)
              .retrieve()
              .requiredBody(ReceiptContent.class));
    } catch (HttpClientErrorException e) {
      if (e.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
