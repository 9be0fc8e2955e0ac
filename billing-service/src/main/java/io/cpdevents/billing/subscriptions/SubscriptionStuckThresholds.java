package io.cpdevents.billing.subscriptions;

import io.cpdevents.platform.operations.StuckThreshold;
import io.cpdevents.platform.operations.StuckThreshold.Rows;
import io.cpdevents.platform.operations.StuckThreshold.Time;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When a subscription counts as stuck. */
@Configuration(proxyBeanMethods = false)
class SubscriptionStuckThresholds {

  private static final Duration MAX_REQUEST_TIME = Duration.ofHours(1);

  /** Stripe tries again for two months at most. */
  private static final Duration MAX_RETRY_TIME = Duration.ofDays(63);

  private static final Duration MAX_TIME_AFTER_GRACE = Duration.ofHours(6);

  /** Stripe waits for 23 hours. */
  private static final Duration MAX_AUTHENTICATION_TIME = Duration.ofHours(25);

  private static final Duration MAX_TIME_AFTER_MONTH = Duration.ofHours(6);
  private static final Duration MAX_TIME_AFTER_TRIAL = Duration.ofHours(6);
  private static final Duration MAX_TIME_OF_NEXT_MONTH = Duration.ofHours(12);

  @Bean
  StuckThreshold requestedTrials() {
    return new StuckThreshold(
        "subscription",
        "trial-requested",
        new Rows(
            "subscription",
            "organization_id",
            "status = 'trial-requested'",
            "changed_at",
            Time.BUSINESS),
        MAX_REQUEST_TIME);
  }

  @Bean
  StuckThreshold unpaidMonths() {
    return new StuckThreshold(
        "subscription",
        "past-due",
        new Rows(
            "subscription", "organization_id", "status = 'past-due'", "changed_at", Time.BUSINESS),
        MAX_RETRY_TIME);
  }

  @Bean
  StuckThreshold endedGraces() {
    return new StuckThreshold(
        "subscription",
        "grace",
        new Rows(
            "subscription", "organization_id", "status = 'grace'", "grace_ends_at", Time.BUSINESS),
        MAX_TIME_AFTER_GRACE);
  }

  @Bean
  StuckThreshold endedTrials() {
    return new StuckThreshold(
        "subscription",
        "trialing",
        new Rows(
            "subscription",
            "organization_id",
            "status = 'trialing'",
            "trial_ends_at",
            Time.BUSINESS),
        MAX_TIME_AFTER_TRIAL);
  }

  /** Asked about six hours after its end, and as often as that fails. */
  @Bean
  StuckThreshold endedMonths() {
    return new StuckThreshold(
        "subscription",
        "active",
        new Rows(
            "subscription",
            "organization_id",
            "status = 'active'",
            "period_ends_at",
            Time.BUSINESS),
        MAX_TIME_OF_NEXT_MONTH);
  }

  @Bean
  StuckThreshold requestedPlanChanges() {
    return planChanges("requested", MAX_REQUEST_TIME);
  }

  @Bean
  StuckThreshold planChangesToCallOff() {
    return planChanges("call-off-requested", MAX_REQUEST_TIME);
  }

  @Bean
  StuckThreshold planChangesToAuthenticate() {
    return planChanges("awaiting-authentication", MAX_AUTHENTICATION_TIME);
  }

  @Bean
  StuckThreshold scheduledPlanChanges() {
    return new StuckThreshold(
        "plan-change",
        "scheduled",
        new Rows("plan_change", "id", "status = 'scheduled'", "effective_at", Time.BUSINESS),
        MAX_TIME_AFTER_MONTH);
  }

  private static StuckThreshold planChanges(String status, Duration maxTime) {
    return new StuckThreshold(
        "plan-change",
        status,
        new Rows("plan_change", "id", "status = '" + status + "'", "changed_at", Time.BUSINESS),
        maxTime);
  }
}
