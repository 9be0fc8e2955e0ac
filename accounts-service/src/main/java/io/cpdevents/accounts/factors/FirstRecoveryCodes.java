package io.cpdevents.accounts.factors;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** With the first second factor come recovery codes. */
@Component
public class FirstRecoveryCodes {

  private final RecoveryCodes recoveryCodes;
  private final Clock clock;

  FirstRecoveryCodes(RecoveryCodes recoveryCodes, Clock clock) {
    this.recoveryCodes = recoveryCodes;
    this.clock = clock;
  }

  /** Makes them in the caller's transaction, which has locked the account. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<String> handle(UUID accountId) {
    return recoveryCodes.renew(accountId, clock.instant()).stream()
        .map(RecoveryCode::text)
        .toList();
  }
}
