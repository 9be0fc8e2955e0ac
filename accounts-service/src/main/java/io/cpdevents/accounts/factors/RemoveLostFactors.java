package io.cpdevents.accounts.factors;

import io.cpdevents.accounts.factors.FactorRemovals.Due;
import io.cpdevents.accounts.sessions.EndSessions;
import io.cpdevents.contracts.accounts.AccountEvent.LostFactorsRemoved;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The day is over and nobody has used one: all second factors of the person go. */
@Component
public class RemoveLostFactors {

  private final FactorRemovals removals;
  private final FactorCounts counts;
  private final List<FactorKind> kinds;
  private final RecoveryCodes recoveryCodes;
  private final EndSessions endSessions;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  RemoveLostFactors(
      FactorRemovals removals,
      FactorCounts counts,
      List<FactorKind> kinds,
      RecoveryCodes recoveryCodes,
      EndSessions endSessions,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.removals = removals;
    this.counts = counts;
    this.kinds = List.copyOf(kinds);
    this.recoveryCodes = recoveryCodes;
    this.endSessions = endSessions;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /** Removes those of one account; returns how many accounts there were. */
  @Transactional
  public int handle() {
    Instant now = clock.instant();
    Optional<Due> due = removals.findDue(now);
    due.ifPresent(found -> remove(found, now));
    return due.isPresent() ? 1 : 0;
  }

  private void remove(Due due, Instant now) {
    counts.lock(due.accountId());
    int factors =
        kinds.stream()
            .mapToInt(kind -> kind.removeAddedSince(due.accountId(), Instant.EPOCH))
            .sum();
    counts.add(due.accountId(), -factors);
    recoveryCodes.removeAll(due.accountId());
    removals.saveRemoved(due.id(), now);
    endSessions.handle(due.accountId(), null);
    outbox.append(new LostFactorsRemoved(due.accountId(), Ids.next(), now));
    auditTrail.record(
        "factor-removal.done",
        "account",
        due.accountId().toString(),
        null,
        new Change(Map.of("factors", Integer.toString(factors)), Map.of("factors", "0"))
            .with(Map.of("removalId", due.id().toString())));
  }
}
