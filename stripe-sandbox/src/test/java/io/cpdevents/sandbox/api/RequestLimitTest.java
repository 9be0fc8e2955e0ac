package io.cpdevents.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.sandbox.SandboxSettings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestLimitTest {
  private static final Clock ONE_SECOND =
      Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void more_requests_per_second_than_the_limit_are_refused() {
    RequestLimit limit = new RequestLimit(settings(2), ONE_SECOND);
    limit.count();
    limit.count();

    assertThatThrownBy(limit::count)
        .isInstanceOfSatisfying(
            StripeRefusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(429);
              assertThat(refusal.error().get("code").asString()).isEqualTo("rate_limit");
            });
  }

  @Test
  void without_a_limit_nothing_is_refused() {
    RequestLimit limit = new RequestLimit(settings(0), ONE_SECOND);

    assertThatCode(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                limit.count();
              }
            })
        .doesNotThrowAnyException();
    assertThat(limit.counted()).isEqualTo(new RequestLimit.Counted(1_000, 1_000));

    limit.forget();
    assertThat(limit.counted()).isEqualTo(new RequestLimit.Counted(0, 0));
  }

  private static SandboxSettings settings(int requestsPerSecond) {
    return new SandboxSettings(
        "http://localhost",
        "",
        "",
        List.of("*"),
        "",
        "",
        1_000,
        300,
        1_000,
        2_000,
        1_000,
        2_000,
        1_500,
        2,
        1_000,
        "CA",
        "manual",
        requestsPerSecond);
  }
}
