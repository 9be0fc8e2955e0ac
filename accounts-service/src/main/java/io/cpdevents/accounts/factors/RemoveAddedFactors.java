package io.cpdevents.accounts.factors;

import io.cpdevents.contracts.accounts.AccountEvent.AddedFactorsRemoved;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * An account loses the second factors that somebody else may have added; those of before stay, and
 * so do their recovery codes.
 */
@Component
public class RemoveAddedFactors {

  private final FactorCounts counts;
  private final List<FactorKind> kinds;
  private final RecoveryCodes recoveryCodes;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  RemoveAddedFactors(
      FactorCounts counts,
      List<FactorKind> kinds,
      RecoveryCodes recoveryCodes,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.counts = counts;
    this.kinds = List.copyOf(kinds);
    this.recoveryCodes = recoveryCodes;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /** Removes and tells them in the caller's transaction. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(UUID accountId, Instant since) {
    counts.lock(accountId);
    int factors = kinds.stream().mapToInt(kind -> kind.removeAddedSince(accountId, since)).sum();
    int codes = recoveryCodes.removeMadeSince(accountId, since);
    if (counts.add(accountId, -factors) == 0) {
      recoveryCodes.removeAll(accountId);
    }
    if (factors == 0 && codes == 0) {
      return;
    }
    outbox.append(new AddedFactorsRemoved(accountId, Ids.next(), clock.instant()));
    auditTrail.recordBy(
        accountId,
        "second-factors.removed",
        "account",
        accountId.toString(),
        null,
        new Change(
                Map.of(
                    "addedFactors",
                    Integer.toString(factors),
                    "recoveryCodes",
                    Integer.toString(codes)),
                Map.of())
            .with(Map.of("addedSince", since.toString())));
  }
}
