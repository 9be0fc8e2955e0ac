package io.cpdevents.accounts.apikeys;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** An owner has an account back: what a thief has made in their name acts no more. */
@Component
public class EndApiKeysMadeSince {

  private final ApiKeys apiKeys;
  private final EndedApiKeys endedApiKeys;
  private final Clock clock;

  EndApiKeysMadeSince(ApiKeys apiKeys, EndedApiKeys endedApiKeys, Clock clock) {
    this.apiKeys = apiKeys;
    this.endedApiKeys = endedApiKeys;
    this.clock = clock;
  }

  /** Ends those that were made since the thief came. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID accountId, Instant since) {
    Instant now = clock.instant();
    apiKeys
        .endMadeSince(accountId, since, now)
        .forEach(key -> endedApiKeys.announce(key, ApiKeyEnd.REVOKED, now));
  }
}
