package io.cpdevents.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;

class ShortLifeTest {

  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  private final ShortLife shortLife =
      new ShortLife(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofSeconds(5));

  @Test
  void a_token_of_a_minute_is_accepted() {
    assertThat(isAccepted(NOW, NOW.plusSeconds(60))).isTrue();
    assertThat(isAccepted(NOW.minusSeconds(50), NOW.plusSeconds(10))).isTrue();
  }

  @Test
  void a_token_without_an_end_or_a_beginning_is_refused() {
    assertThat(isAccepted(NOW, null)).isFalse();
    assertThat(isAccepted(null, NOW.plusSeconds(60))).isFalse();
  }

  @Test
  void a_token_of_ten_years_is_refused_wherever_they_lie() {
    assertThat(isAccepted(NOW, NOW.plus(Duration.ofDays(3_650)))).isFalse();
    assertThat(isAccepted(NOW.minus(Duration.ofDays(3_650)), NOW.plusSeconds(60))).isFalse();
    Instant inTenYears = NOW.plus(Duration.ofDays(3_650));
    assertThat(isAccepted(inTenYears, inTenYears.plusSeconds(60))).isFalse();
  }

  private boolean isAccepted(@Nullable Instant issuedAt, @Nullable Instant expiresAt) {
    Jwt.Builder token = Jwt.withTokenValue("token").header("alg", "ES256").subject("somebody");
    if (issuedAt != null) {
      token.issuedAt(issuedAt);
    }
    if (expiresAt != null) {
      token.expiresAt(expiresAt);
    }
    return !shortLife.validate(token.build()).hasErrors();
  }
}
