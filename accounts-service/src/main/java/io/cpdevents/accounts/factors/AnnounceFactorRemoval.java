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

  /**
   * What is asked for.
   *
   * @param id the same for every repetition of one request
   * @param operatorId who asks
   */
  public record Command(UUID id, UUID accountId, UUID operatorId, String reason) {}

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
            command.reason(),
            command.operatorId(),
            now,
            now.plus(WAITING_TIME),
            null,
            null);
    if (removals.add(command.accountId(), removal)) {
      outbox.append(
          new FactorRemovalAnnounced(command.accountId(), removal.id(), now, removal.dueAt()));
      auditTrail.record(
          "factor-removal.announced",
          "account",
          command.accountId().toString(),
          null,
          new Change(Map.of(), Map.of("factorRemoval", "announced"))
              .with(Map.of("removalId", removal.id().toString())));
    }
    return removals.latest(command.accountId()).orElseThrow();
  }
}
