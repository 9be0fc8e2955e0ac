package io.cpdevents.accounts.erasure;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.apikeys.EndApiKeysOfPerson;
import io.cpdevents.accounts.organizations.LastOwners;
import io.cpdevents.accounts.sessions.EndSessions;
import io.cpdevents.contracts.accounts.ErasureEvent.ErasureRequested;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import io.cpdevents.platform.web.IfMatch;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A person asks to be erased: every session and API key of theirs ends, and there are two weeks to
 * think about it.
 */
@Component
public class RequestErasure {

  private final Erasures erasures;
  private final LastOwners lastOwners;
  private final EndSessions endSessions;
  private final EndApiKeysOfPerson endApiKeys;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  RequestErasure(
      Erasures erasures,
      LastOwners lastOwners,
      EndSessions endSessions,
      EndApiKeysOfPerson endApiKeys,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.erasures = erasures;
    this.lastOwners = lastOwners;
    this.endSessions = endSessions;
    this.endApiKeys = endApiKeys;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * The erasure; whoever asks twice gets the one that is under way.
   *
   * @param seen of the profile
   * @throws RuleViolation 409 {@code last-owner}, {@code last-platform-admin}; 404 {@code
   *     account-not-found}
   */
  @Transactional
  public ErasureView handle(UUID accountId, IfMatch seen) {
    long version =
        erasures
            .lockAccountVersion(accountId)
            .orElseThrow(() -> AccountsProblem.ACCOUNT_NOT_FOUND.violation());
    seen.require(version);
    Optional<Erasure> underWay =
        erasures.lockLatest(accountId).filter(latest -> latest.endedAt() == null);
    return ErasureView.of(underWay.orElseGet(() -> request(accountId)));
  }

  private Erasure request(UUID accountId) {
    if (lastOwners.contain(accountId)) {
      throw AccountsProblem.LAST_OWNER.violation();
    }
    if (erasures.isLastPlatformAdmin(accountId)) {
      throw AccountsProblem.LAST_PLATFORM_ADMIN.violation();
    }
    Instant now = clock.instant();
    Erasure erasure = Erasure.requested(Ids.next(), accountId, now);
    erasures.add(erasure);
    endSessions.handle(accountId, null);
    endApiKeys.handle(accountId);
    outbox.append(new ErasureRequested(accountId, erasure.id(), now, erasure.dueAt()));
    auditTrail.record(
        "erasure.requested",
        "account",
        accountId.toString(),
        null,
        new Change(Map.of(), Map.of("erasure", "waiting"))
            .with(Map.of("erasureId", erasure.id().toString())));
    return erasure;
  }
}
