package io.cpdevents.accounts.erasure;

import io.cpdevents.accounts.accounts.DisableAccount;
import io.cpdevents.accounts.members.LeaveOrganizations;
import io.cpdevents.accounts.sessions.EndSessions;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureStarted;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The time to think is over: every service is asked to forget the person. */
@Component
public class StartDueErasures {

  private final Erasures erasures;
  private final EndSessions endSessions;
  private final DisableAccount disableAccount;
  private final LeaveOrganizations leaveOrganizations;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  StartDueErasures(
      Erasures erasures,
      EndSessions endSessions,
      DisableAccount disableAccount,
      LeaveOrganizations leaveOrganizations,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.erasures = erasures;
    this.endSessions = endSessions;
    this.disableAccount = disableAccount;
    this.leaveOrganizations = leaveOrganizations;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /** Starts one that is due; returns how many there were. */
  @Transactional
  public int handle() {
    Instant now = clock.instant();
    Optional<Erasures.Due> due = erasures.findDue(now);
    due.ifPresent(found -> {
      erasures.lockAccount(found.accountId());
      erasures
          .lock(found.erasureId())
          .filter(locked -> locked.isDue(now))
          // The other owners may have left before the organizations were locked.
          .filter(locked -> leaveOrganizations.handle(locked.accountId()))
          .flatMap(locked -> locked.started(now))
          .ifPresent(started -> start(started, now));
    });
    return due.isPresent() ? 1 : 0;
  }

  private void start(Erasure started, Instant now) {
    erasures.save(started);
    disableAccount.handle(started.accountId());
    endSessions.handle(started.accountId(), null);
    outbox.append(new ErasureStarted(started.accountId(), started.id(), now));
    auditTrail.record(
        "erasure.started",
        "account",
        started.accountId().toString(),
        null,
        new Change(Map.of("erasure", "waiting"), Map.of("erasure", "started"))
            .with(Map.of("erasureId", started.id().toString())));
  }
}
