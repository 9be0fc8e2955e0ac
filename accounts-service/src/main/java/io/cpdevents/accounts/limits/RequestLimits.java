package io.cpdevents.accounts.limits;

import io.cpdevents.accounts.limits.LimitProperties.Allowance;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Counts attempts in fixed windows. The counters are rows, so a limit holds exactly over all
 * instances.
 */
@Component
public class RequestLimits {

  private static final int NETWORKS_OF_ALLOTMENT = 10;
  private static final Duration MIN_RETRY_AFTER = Duration.ofSeconds(1);

  private final AttemptCounters counters;
  private final Clock clock;
  private final LimitProperties properties;
  private final Counter guesses;

  RequestLimits(
      AttemptCounters counters, Clock clock, LimitProperties properties, MeterRegistry meters) {
    // Beside the refusals that are security events by their code: this one has many reasons.
    this.guesses =
        Counter.builder("cpd.security.refusals")
            .tag("code", "too-many-guesses")
            .description("Requests that were refused for reasons of security")
            .register(meters);
    this.counters = counters;
    this.clock = clock;
    this.properties = properties;
  }

  /**
   * Counts one attempt.
   *
   * @param subject who makes it, for example an address
   * @throws RuleViolation 429 {@code too-many-requests} with the time to wait, when none is left
   */
  public void take(Limit limit, String subject) {
    take(limit, subject, 1);
  }

  /**
   * Counts one attempt at the place that it is made from. Of the /48 of an IPv6 address, which
   * anybody gets for nothing and in which a carrier may have thousands of people, there are ten
   * times as many as of the /56 of one customer in it.
   *
   * @throws RuleViolation 429 {@code too-many-requests} with the time to wait, when none is left
   */
  public void take(Limit limit, RequestOrigin origin) {
    take(limit, origin.network(), 1);
    if (!origin.allotment().equals(origin.network())) {
      take(limit, origin.allotment(), NETWORKS_OF_ALLOTMENT);
    }
  }

  private void take(Limit limit, String subject, int times) {
    Allowance allowance = properties.allowance(limit);
    Instant now = clock.instant();
    if (!counters.increment(
        limit, subject, times * allowance.maxAttempts(), now, now.plus(allowance.window()))) {
      if (limit.isOfGuesses()) {
        guesses.increment();
      }
      throw refusal(limit, subject, now);
    }
  }

  /** Notes that an attempt succeeded, with the effect that {@link Limit} names. */
  public void onSuccess(Limit limit, String subject) {
    switch (limit.effectOfSuccess()) {
      case FORGETS_ALL_ATTEMPTS -> counters.remove(limit, subject);
      case GIVES_ATTEMPT_BACK -> counters.decrement(limit, subject);
      case NONE -> {}
    }
  }

  /** Notes that an attempt from there succeeded. */
  public void onSuccess(Limit limit, RequestOrigin origin) {
    onSuccess(limit, origin.network());
    if (!origin.allotment().equals(origin.network())) {
      onSuccess(limit, origin.allotment());
    }
  }

  private RuleViolation refusal(Limit limit, String subject, Instant now) {
    Duration wait =
        counters
            .windowEndsAt(limit, subject)
            .map(end -> Duration.between(now, end))
            .filter(left -> left.compareTo(MIN_RETRY_AFTER) > 0)
            .orElse(MIN_RETRY_AFTER);
    return CommonProblem.TOO_MANY_REQUESTS.violation(wait);
  }
}
