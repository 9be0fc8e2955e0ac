package io.cpdevents.accounts.factors;

import io.cpdevents.contracts.accounts.SecondFactorChange;
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

  RemoveFactor(FactorCounts counts, RecoveryCodes recoveryCodes, TellFactorChange tell) {
    this.counts = counts;
    this.recoveryCodes = recoveryCodes;
    this.tell = tell;
  }

  /** Counts and tells it in the caller's transaction. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID accountId, SecondFactorChange change) {
    if (counts.add(accountId, -1) == 0) {
      recoveryCodes.removeAll(accountId);
    }
    tell.handle(accountId, change);
  }
}
