package io.cpdevents.payout.schedules;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A period of an organization could not be paid: it is tried again after a while. */
@Component
public class PostponePeriod {

  private static final Duration RETRY_AFTER = Duration.ofMinutes(15);

  private final PayoutSchedules schedules;
  private final Clock clock;

  PostponePeriod(PayoutSchedules schedules, Clock clock) {
    this.schedules = schedules;
    this.clock = clock;
  }

  /** The period stays due. */
  @Transactional
  public void handle(UUID organizationId) {
    schedules.retryAt(organizationId, clock.instant().plus(RETRY_AFTER));
  }
}
