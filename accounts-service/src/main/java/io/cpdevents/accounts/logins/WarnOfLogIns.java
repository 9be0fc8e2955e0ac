package io.cpdevents.accounts.logins;

import io.cpdevents.contracts.accounts.AccountEvent.LogInsRefused;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The owner of an account is told that somebody tries to guess its password. */
@Component
class WarnOfLogIns {

  private final Outbox outbox;
  private final Clock clock;

  WarnOfLogIns(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Tells it.
   *
   * @param wait after which attempts are looked at again
   */
  @Transactional
  public void handle(UUID accountId, Duration wait) {
    Instant now = clock.instant();
    outbox.append(new LogInsRefused(accountId, Ids.next(), now, now.plus(wait)));
  }
}
