package io.cpdevents.accounts.apikeys;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Nobody acts any more by a key that somebody has made who wants to be erased. */
@Component
public class EndApiKeysOfPerson {

  private final ApiKeys apiKeys;
  private final EndedApiKeys endedApiKeys;
  private final Clock clock;

  EndApiKeysOfPerson(ApiKeys apiKeys, EndedApiKeys endedApiKeys, Clock clock) {
    this.apiKeys = apiKeys;
    this.endedApiKeys = endedApiKeys;
    this.clock = clock;
  }

  /** Ends them in all organizations, and forgets from where they were used. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID accountId) {
    Instant now = clock.instant();
    apiKeys
        .endAllOf(accountId, now)
        .forEach(key -> endedApiKeys.announce(key, ApiKeyEnd.MAKER_LEAVES, now));
    apiKeys.forgetUsesOf(accountId);
  }
}
