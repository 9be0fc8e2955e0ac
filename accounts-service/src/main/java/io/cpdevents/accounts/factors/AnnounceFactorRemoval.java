package io.cpdevents.accounts.factors;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.contracts.accounts.AccountEvent.FactorRemovalAnnounced;
import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.messaging.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * An operator has all second factors of a person removed who says that they are lost; the person is
 * told, and has a day to show that they are not.
 */
@Component
public class AnnounceFactorRemoval {

  /** Whoever has talked an operator over has nothing before that; the owner reads mails by then. */
  static final Duration WAITING_TIME = Duration.ofHours(24);

  /** Where the owner cannot call it off by a use, there is more time to write to support. */
  static final Duration WAITING_TIME_DESPITE_USE = Duration.ofDays(3);

  /**
   * What is asked for.
   *
   * @param id the same for every repetition of one request
   * @param operatorId who asks
   * @param despiteUse whether somebody else has added the factors, so that a use calls nothing off
   */
  public record Command(
      UUID id, UUID accountId, UUID operatorId, boolean despiteUse, String reason) {}

  private final FactorCounts counts;
  private final FactorRemovals removals;
  private final Outbox outbox;
  private final AuditTrail auditTrail;
  private final Clock clock;

  AnnounceFactorRemoval(
      FactorCounts counts,
      FactorRemovals removals,
      Outbox outbox,
      AuditTrail auditTrail,
      Clock clock) {
    this.counts = counts;
    this.removals = removals;
    this.outbox = outbox;
    this.auditTrail = auditTrail;
    this.clock = clock;
  }

  /**
   * Announces it; one that waits already goes on as it is.
   *
   * @throws RuleViolation 404 {@code factor-not-found}
   */
  @Transactional
  public FactorRemovalView handle(Command command) {
    if (counts.lock(command.accountId()) == 0) {
      throw AccountsProblem.FACTOR_NOT_FOUND.violation();
    }
    Instant now = clock.instant();
    FactorRemovalView removal =
        new FactorRemovalView(
            command.id(),
            command.despiteUse(),
            command.reason(),
            command.operatorId(),
            now,
            now.plus(command.despiteUse() ? WAITING_TIME_DESPITE_USE : WAITING_TIME),
            null,
            null);
    if (removals.add(command.accountId(), removal)) {
      outbox.append(
          new FactorRemovalAnnounced(
              command.accountId(), removal.id(), now, removal.dueAt(), removal.despiteUse()));
      auditTrail.record(
          "factor-removal.announced",
          "account",
          command.accountId().toString(),
          null,
          new Change(
              Map.of(),
              Map.of("factorRemoval", "waiting"),
              Map.of(
                  "removalId",
                  removal.id().toString(),
                  "despiteUse",
                  Boolean.toString(removal.despiteUse()))));
    }
    return removals.latest(command.accountId()).orElseThrow();
  }
}
