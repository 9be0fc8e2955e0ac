package io.cpdevents.notification.members;

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

/** Asks accounts-service for what invitations say. */
@Component
class InvitationContents implements ContentSource<InvitationContent> {

  private final RestClient accounts;

  InvitationContents(InternalClients clients, @Value("${cpd.accounts-url}") String accountsUrl) {
    this.accounts = clients.to("accounts", accountsUrl);
  }

  @Override
  public String owner() {
    return "accounts";
  }

  @Override
  public Class<InvitationContent> contentType() {
    return InvitationContent.class;
  }

  @Override
  public int maxIdsPerCall() {
    return 1;
  }

  /** An invitation that is not open any more was accepted, taken back or replaced. */
  @Override
  public boolean isUnknownGone() {
    return true;
  }

  @Override
  public Map<UUID, InvitationContent> find(Set<UUID> invitationIds) {
    Map<UUID, InvitationContent> found = new HashMap<>();
    for (UUID invitationId : invitationIds) {
      find(invitationId).ifPresent(content -> found.put(invitationId, content));
    }
    return found;
  }

  private Optional<InvitationContent> find(UUID invitationId) {
    try {
      return Optional.of(
          accounts
              .get()
              .uri("/internal/invitations/{invitationId}", invitationId)
              .retrieve()
              .requiredBody(InvitationContent.class));
    } catch (HttpClientErrorException e) {
      if (e.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
