package io.cpdevents.billing.subscriptions;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * An organization whose cards were declined often for a change of plan waits for a while: banks'
 * answers are not for those who try which stolen card still works.
 */
@Component
class LimitDeclinedChanges {

  private static final int MAX_DECLINES = 5;
  private static final Duration MAX_DECLINES_TIME = Duration.ofDays(1);

  private final PlanChanges changes;
  private final Clock clock;

  LimitDeclinedChanges(PlanChanges changes, Clock clock) {
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * Asks that an organization, whose subscription is locked, may have a card charged.
   *
   * @throws RuleViolation 429 {@code too-many-requests}
   */
  @Transactional(propagation = Propagation.MANDATORY)
  void handle(UUID organizationId) {
    Instant now = clock.instant();
    changes
        .declined(organizationId, MAX_DECLINES)
        .map(first -> Duration.between(now, first.plus(MAX_DECLINES_TIME)))
        .filter(Duration::isPositive)
        .ifPresent(rest -> {
          throw CommonProblem.TOO_MANY_REQUESTS.violation(rest);
        });
  }
}
