package io.cpdevents.accounts.erasure;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureCalledOff;
import io.cpdevents.contracts.accounts.SessionEvent.RolesChanged;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person who has logged in again calls their erasure off. */
@Component
public class CallOffErasure {

  private final Erasures erasures;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  CallOffErasure(Erasures erasures, Outbox outbox, AuditTrail auditTrail, Clock clock) {
    this.erasures = erasures;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Calls it off; doing so twice is no error.
   *
   * @throws RuleViolation 409 {@code erasure-not-waiting} when there is none, {@code
   *     erasure-under-way} when it is too late
   */
  @Transactional
  public void handle(UUID accountId) {
    if (!erasures.lockAccount(accountId)) {
      throw AccountsProblem.ACCOUNT_NOT_FOUND.violation();
    }
    Instant now = clock.instant();
    erasures
        .lockLatest(accountId)
        .orElseThrow(() -> AccountsProblem.ERASURE_NOT_WAITING.violation())
        .calledOff(now)
        .ifPresent(calledOff -> save(calledOff, now));
  }

  private void save(Erasure calledOff, Instant now) {
    erasures.save(calledOff);
    outbox.append(new ErasureCalledOff(calledOff.accountId(), calledOff.id(), now));
    // Tokens that say that the account is closing are exchanged anew.
    outbox.append(new RolesChanged(calledOff.accountId(), now));
    auditTrail.record(
        "erasure.called-off",
        "account",
        calledOff.accountId().toString(),
        null,
        new Change(Map.of("erasure", "waiting"), Map.of())
            .with(Map.of("erasureId", calledOff.id().toString())));
  }
}
