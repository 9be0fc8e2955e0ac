package io.cpdevents.accounts.logins;

import io.cpdevents.contracts.accounts.AccountEvent.SecondFactorChanged;
import io.cpdevents.contracts.accounts.SecondFactorChange;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The owner of an account is told that somebody who has the password guesses at its codes. */
@Component
class WarnOfGuesses {

  private final Outbox outbox;
  private final Clock clock;

  WarnOfGuesses(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Tells it. */
  @Transactional
  public void handle(UUID accountId) {
    outbox.append(
        new SecondFactorChanged(
            accountId, Ids.next(), SecondFactorChange.TOTP_LOCKED, clock.instant()));
  }
}
