package io.cpdevents.accounts.factors;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An operator calls the removal of a person's second factors off. */
@Component
public class CallOffFactorRemoval {

  private final FactorRemovals removals;
  private final AuditTrail auditTrail;
  private final Clock clock;

  CallOffFactorRemoval(FactorRemovals removals, AuditTrail auditTrail, Clock clock) {
    this.removals = removals;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Calls off the one that waits.
   *
   * @throws RuleViolation 404 {@code factor-removal-not-found}
   */
  @Transactional
  public void handle(UUID accountId) {
    UUID removalId =
        removals
            .callOff(accountId, clock.instant())
            .orElseThrow(() -> AccountsProblem.FACTOR_REMOVAL_NOT_FOUND.violation());
    auditTrail.record(
        "factor-removal.called-off",
        "account",
        accountId.toString(),
        null,
        new Change(Map.of("factorRemoval", "announced"), Map.of())
            .with(Map.of("removalId", removalId.toString(), "cause", "operator")));
  }
}
