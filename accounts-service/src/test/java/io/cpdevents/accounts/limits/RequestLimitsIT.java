package io.cpdevents.accounts.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.accounts.AccountsIntegrationTest;
import io.cpdevents.accounts.origin.RequestOrigin;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@AccountsIntegrationTest
class RequestLimitsIT {

  @Autowired RequestLimits limits;
  @Autowired RemoveExpiredLimits removeExpiredLimits;
  @Autowired MutableClock clock;
  @Autowired JdbcClient jdbc;

  @Test
  void a_limit_holds_exactly_however_many_try_at_once() {
    String subject = UUID.randomUUID().toString();

    List<Boolean> taken = AtOnce.times(60, () -> take(Limit.LOG_IN, subject));

    assertThat(taken).filteredOn(Boolean::booleanValue).hasSize(10);
  }

  @Test
  void a_window_starts_with_the_first_attempt_and_then_all_begins_anew() {
    String subject = UUID.randomUUID().toString();
    for (int i = 0; i < 10; i++) {
      assertThat(take(Limit.LOG_IN, subject)).isTrue();
    }

    clock.advance(Duration.ofMinutes(14));
    assertThatThrownBy(() -> limits.take(Limit.LOG_IN, subject))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refusal -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMinutes(1)));

    clock.advance(Duration.ofMinutes(1));
    assertThat(take(Limit.LOG_IN, subject)).isTrue();
    assertThat(take(Limit.LOG_IN_ADDRESS, subject)).as("limits are counted apart").isTrue();
  }

  @Test
  void a_successful_log_in_forgets_the_attempts_before_it() {
    String subject = UUID.randomUUID().toString();
    while (take(Limit.LOG_IN, subject)) {
      // until nothing is left
    }

    limits.onSuccess(Limit.LOG_IN, subject);

    for (int i = 0; i < 10; i++) {
      assertThat(take(Limit.LOG_IN, subject)).isTrue();
    }
    assertThat(take(Limit.LOG_IN, subject)).isFalse();
  }

  @Test
  void a_successful_log_in_gives_its_address_one_attempt_back() {
    String address = UUID.randomUUID().toString();
    while (take(Limit.LOG_IN_ADDRESS, address)) {
      // until nothing is left
    }

    limits.onSuccess(Limit.LOG_IN_ADDRESS, address);

    assertThat(take(Limit.LOG_IN_ADDRESS, address)).isTrue();
    assertThat(take(Limit.LOG_IN_ADDRESS, address)).isFalse();
  }

  @Test
  void a_network_of_ipv6_has_as_many_as_an_address_and_all_that_anybody_gets_ten_times_that() {
    String allotment = "2001:db8:%x".formatted(UUID.randomUUID().hashCode() & 0xffff);
    for (int network = 0; network < 10; network++) {
      RequestOrigin one = new RequestOrigin(allotment + ":" + network + "00::1", "a phone");
      int taken = 0;
      while (take(one)) {
        taken++;
      }
      assertThat(taken).isEqualTo(100);
    }

    RequestOrigin next = new RequestOrigin(allotment + ":aa00::1", "a phone");
    assertThat(take(next)).as("in the same /48").isFalse();
  }

  private boolean take(RequestOrigin origin) {
    try {
      limits.take(Limit.LOG_IN_ADDRESS, origin);
      return true;
    } catch (RuleViolation refusal) {
      return false;
    }
  }

  @Test
  void rows_whose_window_is_over_are_removed() {
    take(Limit.LOG_IN, UUID.randomUUID().toString());
    clock.advance(Duration.ofDays(2));
    while (removeExpiredLimits.handle() > 0) {
      // until nothing is left to remove
    }

    assertThat(jdbc.sql("SELECT count(*) FROM request_limit").query(Integer.class).single())
        .isZero();
  }

  private boolean take(Limit limit, String subject) {
    try {
      limits.take(limit, subject);
      return true;
    } catch (RuleViolation refusal) {
      assertThat(refusal.code()).isEqualTo("too-many-requests");
      return false;
    }
  }
}
