package io.cpdevents.accounts.factors;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.sessions.RequireFreshProof;
import io.cpdevents.contracts.accounts.SecondFactorChange;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person gets other recovery codes, and those of before count no more. */
@Component
public class RenewRecoveryCodes {

  private final RequireFreshProof requireFreshProof;
  private final FactorCounts counts;
  private final RecoveryCodes recoveryCodes;
  private final TellFactorChange tell;
  private final Clock clock;

  RenewRecoveryCodes(
      RequireFreshProof requireFreshProof,
      FactorCounts counts,
      RecoveryCodes recoveryCodes,
      TellFactorChange tell,
      Clock clock) {
    this.requireFreshProof = requireFreshProof;
    this.counts = counts;
    this.recoveryCodes = recoveryCodes;
    this.tell = tell;
    this.clock = clock;
  }

  /**
   * Answers them, this once.
   *
   * @throws RuleViolation 403 {@code step-up-required}, 404 {@code factor-not-found}
   */
  @Transactional
  public List<String> handle(UUID accountId, UUID sessionId) {
    requireFreshProof.handle(accountId, sessionId);
    if (counts.lock(accountId) == 0) {
      throw AccountsProblem.FACTOR_NOT_FOUND.violation();
    }
    List<RecoveryCode> codes = recoveryCodes.renew(accountId, clock.instant());
    tell.handle(accountId, SecondFactorChange.RECOVERY_CODES_RENEWED);
    return codes.stream().map(RecoveryCode::text).toList();
  }
}
