package io.cpdevents.accounts.apikeys;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** API keys end that somebody else may have made in a person's name. */
@Component
public class EndAddedApiKeys {

  private final ApiKeys apiKeys;
  private final EndedApiKeys endedApiKeys;
  private final Clock clock;

  EndAddedApiKeys(ApiKeys apiKeys, EndedApiKeys endedApiKeys, Clock clock) {
    this.apiKeys = apiKeys;
    this.endedApiKeys = endedApiKeys;
    this.clock = clock;
  }

  /** Ends those that were made since then, in all organizations. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID accountId, Instant since) {
    Instant now = clock.instant();
    apiKeys
        .endMadeSince(accountId, since, now)
        .forEach(key -> endedApiKeys.announce(key, ApiKeyEnd.REVOKED, now));
  }
}
