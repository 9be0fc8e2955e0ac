package io.cpdevents.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.GatewaySettings.CookieSameSite;
import io.cpdevents.gateway.GatewaySettings.RateLimits;
import io.cpdevents.gateway.problem.Refusal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

  @Test
  void an_address_is_limited_without_others() {
    RateLimiter limits = limits(RateLimits.PRODUCTION);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                limits.admitAddress("192.0.2.1", "/api/v1/events");
              }
            })
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(429);
              assertThat(refusal.retryAfterSeconds()).isPositive();
            });
    limits.admitAddress("192.0.2.2", "/api/v1/events");
  }

  @Test
  void a_network_of_ipv6_has_ten_times_as_many_as_a_customer_in_it() {
    RateLimiter limits = limits(RateLimits.PRODUCTION);
    int admitted = 0;
    for (int i = 0; i < 50_000; i++) {
      try {
        limits.admitAddress("2001:db8:1:%x00::1".formatted(i % 100), "/api/v1/events");
        admitted++;
      } catch (Refusal refusal) {
        assertThat(refusal.status()).isEqualTo(429);
      }
    }

    assertThat(admitted).isBetween(3_000, 10_000);
    limits.admitAddress("2001:db8:2:100::1", "/api/v1/events");
  }

  @Test
  void a_session_is_limited() {
    RateLimiter limits = limits(RateLimits.PRODUCTION);
    UUID session = UUID.randomUUID();

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                limits.admitSession(session, UUID.randomUUID());
              }
            })
        .isInstanceOf(Refusal.class);
  }

  @Test
  void an_account_is_limited_over_all_its_sessions() {
    RateLimiter limits = limits(RateLimits.PRODUCTION);
    UUID account = UUID.randomUUID();
    int admitted = 0;
    for (int i = 0; i < 1_000; i++) {
      try {
        limits.admitSession(UUID.randomUUID(), account);
        admitted++;
      } catch (Refusal refusal) {
        assertThat(refusal.status()).isEqualTo(429);
      }
    }

    assertThat(admitted).isBetween(200, 900);
    limits.admitSession(UUID.randomUUID(), UUID.randomUUID());
  }

  @Test
  void a_burst_of_webhooks_is_let_through() {
    RateLimiter limits = limits(RateLimits.PRODUCTION);

    for (int i = 0; i < 2_000; i++) {
      limits.admitAddress("192.0.2.1", "/webhooks/stripe");
    }
  }

  @Test
  void relaxed_means_no_limit() {
    RateLimiter limits = limits(RateLimits.RELAXED);

    for (int i = 0; i < 10_000; i++) {
      limits.admitAddress("192.0.2.1", "/api/v1/events");
    }
  }

  private static RateLimiter limits(RateLimits rateLimits) {
    return new RateLimiter(
        new GatewaySettings(
            URI.create("https://events.example"),
            null,
            List.of(),
            CookieSameSite.LAX,
            "token",
            rateLimits,
            0,
            Duration.ZERO,
            "",
            Map.of()));
  }
}
