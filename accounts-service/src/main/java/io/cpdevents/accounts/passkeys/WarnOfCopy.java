package io.cpdevents.accounts.passkeys;

import io.cpdevents.contracts.accounts.AccountEvent.PasskeyCopyRefused;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The owner of an account is told that somebody has a copy of a passkey. */
@Component
class WarnOfCopy {

  private final Outbox outbox;
  private final Clock clock;

  WarnOfCopy(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Tells it. */
  @Transactional
  public void handle(UUID accountId) {
    outbox.append(new PasskeyCopyRefused(accountId, Ids.next(), clock.instant()));
  }
}
