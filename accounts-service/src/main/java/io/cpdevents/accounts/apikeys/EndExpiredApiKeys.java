package io.cpdevents.accounts.apikeys;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** API keys end when they expire, and the gateway is told. */
@Component
public class EndExpiredApiKeys {

  private static final int MAX_BATCH_ROWS = 200;

  private final ApiKeys apiKeys;
  private final EndedApiKeys endedApiKeys;
  private final Clock clock;

  EndExpiredApiKeys(ApiKeys apiKeys, EndedApiKeys endedApiKeys, Clock clock) {
    this.apiKeys = apiKeys;
    this.endedApiKeys = endedApiKeys;
    this.clock = clock;
  }

  /** Ends one batch; returns how many it ended. */
  @Transactional
  public int handle() {
    Instant now = clock.instant();
    List<ApiKey> ended = apiKeys.endExpired(now, MAX_BATCH_ROWS);
    ended.forEach(key -> endedApiKeys.announce(key, ApiKeyEnd.EXPIRED, now));
    return ended.size();
  }
}
