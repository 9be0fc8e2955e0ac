package io.cpdevents.accounts.apikeys;

import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** API keys that ended long ago are removed. */
@Component
public class RemoveEndedApiKeys {

  /** How long a key is kept after its end, so that it is seen when somebody still tries it. */
  static final Duration RETENTION = Duration.ofDays(90);

  private static final int MAX_BATCH_ROWS = 200;

  private final ApiKeys apiKeys;
  private final Clock clock;

  RemoveEndedApiKeys(ApiKeys apiKeys, Clock clock) {
    this.apiKeys = apiKeys;
    this.clock = clock;
  }

  /** Removes one batch; returns how many it removed. */
  @Transactional
  public int handle() {
    return apiKeys.removeEnded(clock.instant().minus(RETENTION), MAX_BATCH_ROWS);
  }
}
