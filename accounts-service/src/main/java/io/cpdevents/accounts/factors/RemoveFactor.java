package io.cpdevents.accounts.factors;

import io.cpdevents.contracts.accounts.SecondFactorChange;
import io.cpdevents.contracts.accounts.SessionEvent.RolesChanged;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** An account has one second factor less; with the last one go the recovery codes. */
@Component
public class RemoveFactor {

  private final FactorCounts counts;
  private final RecoveryCodes recoveryCodes;
  private final TellFactorChange tell;
  private final Outbox outbox;
  private final Clock clock;

  RemoveFactor(
      FactorCounts counts,
      RecoveryCodes recoveryCodes,
      TellFactorChange tell,
      Outbox outbox,
      Clock clock) {
    this.counts = counts;
    this.recoveryCodes = recoveryCodes;
    this.tell = tell;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Counts and tells it in the caller's transaction. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID accountId, SecondFactorChange change) {
    if (counts.add(accountId, -1) == 0) {
      recoveryCodes.removeAll(accountId);
      // A role may ask for what is gone: then no session has it any more.
      outbox.append(new RolesChanged(accountId, clock.instant()));
    }
    tell.handle(accountId, change);
  }
}
