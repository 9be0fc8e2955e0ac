package io.cpdevents.accounts.limits;

import io.cpdevents.accounts.limits.LimitProperties.Allowance;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Decides what is told once, however often there is a reason to. */
@Component
public class Occasions {

  private final AttemptCounters counters;
  private final Clock clock;
  private final LimitProperties properties;

  Occasions(AttemptCounters counters, Clock clock, LimitProperties properties) {
    this.counters = counters;
    this.clock = clock;
    this.properties = properties;
  }

  /** Counts an occasion; false when as many as the limit allows were there in its window. */
  public boolean take(Limit limit, String subject) {
    Allowance allowance = properties.allowance(limit);
    Instant now = clock.instant();
    return counters.increment(
        limit, subject, allowance.maxAttempts(), now, now.plus(allowance.window()));
  }
}
