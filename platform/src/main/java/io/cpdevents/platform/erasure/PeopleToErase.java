package io.cpdevents.platform.erasure;

import io.cpdevents.platform.http.InternalClients;
import java.util.UUID;
import org.springframework.web.client.RestClient;

/** Tells a service whom it is asked to erase, where it has to find them by what they are called. */
public final class PeopleToErase {

  private final RestClient accounts;

  PeopleToErase(InternalClients clients, String accountsUrl) {
    this.accounts = clients.to("accounts", accountsUrl);
  }

  /** The person of an erasure that has begun, as accounts-service tells now. */
  public ErasedPerson of(UUID erasureId) {
    return accounts
        .get()
        .uri("/internal/erasures/{erasureId}", erasureId)
        .retrieve()
        .requiredBody(ErasedPerson.class);
  }
}
