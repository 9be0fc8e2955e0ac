package io.cpdevents.accounts.limits;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How much each limit allows.
 *
 * @param mode {@code CPD_RATE_LIMITS}
 * @param relaxedFactor how many times more is allowed when relaxed
 * @param allowances one for each limit
 */
@ConfigurationProperties("cpd.accounts.limits")
record LimitProperties(Mode mode, int relaxedFactor, Map<Limit, Allowance> allowances) {

  /** Relaxed limits are for a developer's machine, where a demonstration must not reach them. */
  enum Mode {
    PRODUCTION,
    RELAXED
  }

  /**
   * How many attempts a window has.
   *
   * @param window how long it lasts; it starts with the first attempt
   */
  record Allowance(int maxAttempts, Duration window) {}

  LimitProperties {
    if (!allowances.keySet().equals(EnumSet.allOf(Limit.class))) {
      throw new IllegalArgumentException("cpd.accounts.limits.allowances must name every limit");
    }
    allowances = Map.copyOf(allowances);
  }

  Allowance allowance(Limit limit) {
    Allowance allowance = allowances.get(limit);
    if (allowance == null) {
      throw new IllegalStateException("no allowance for " + limit);
    }
    return switch (mode) {
      case PRODUCTION -> allowance;
      case RELAXED ->
          new Allowance(
              Math.multiplyExact(allowance.maxAttempts(), relaxedFactor), allowance.window());
    };
  }
}
