package io.cpdevents.accounts.factors;

import io.cpdevents.accounts.logins.FactorUse;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who uses a second factor has not lost it: what an operator has announced is called off. */
@Component
class KeepUsedFactors implements FactorUse {

  private final FactorRemovals removals;
  private final AuditTrail auditTrail;
  private final Clock clock;

  KeepUsedFactors(FactorRemovals removals, AuditTrail auditTrail, Clock clock) {
    this.removals = removals;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void proved(UUID accountId) {
    removals
        .callOffByUse(accountId, clock.instant())
        .ifPresent(removalId ->
            auditTrail.recordBy(
                accountId,
                "factor-removal.called-off",
                "account",
                accountId.toString(),
                null,
                new Change(
                    Map.of("factorRemoval", "waiting"),
                    Map.of("factorRemoval", "called-off"),
                    Map.of("removalId", removalId.toString(), "cause", "factor-used"))));
  }
}
