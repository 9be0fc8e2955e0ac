package io.cpdevents.accounts.limits;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The limits.
 *
 * @param mode {@code CPD_RATE_LIMITS}
 * @param relaxedFactor how many times more is allowed when relaxed
 * @param allowances one for each limit
 */
@ConfigurationProperties("cpd.accounts.limits")
record LimitProperties(Mode mode, int relaxedFactor, Map<Limit, Allowance> allowances) {

  /** Relaxed limits are for one's own machine: a demonstration must not meet them. */
  enum Mode {
    PRODUCTION,
    RELAXED
  }

  /**
   * How often, in how long.
   *
   * @param most attempts in one window
   * @param window starts with the first attempt
   */
  record Allowance(int most, Duration window) {}

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
          new Allowance(Math.multiplyExact(allowance.most(), relaxedFactor), allowance.window());
    };
  }
}
