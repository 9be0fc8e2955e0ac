package io.cpdevents.accounts.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.accounts.origin.RequestOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionTest {

  private static final Instant NOW = Instant.parse("2027-03-01T15:00:00Z");

  private final Session opened =
      Session.opened(
          UUID.randomUUID(), UUID.randomUUID(), new RequestOrigin("203.0.113.7", "curl"), NOW);

  @Test
  void a_session_without_a_request_ends_after_14_days() {
    assertThat(opened.endsAt()).isEqualTo(NOW.plus(Duration.ofDays(14)));
  }

  @Test
  void a_request_lets_a_session_last_longer_and_never_beyond_30_days() {
    assertThat(seenAfter(Duration.ofDays(13)).endsAt()).isEqualTo(NOW.plus(Duration.ofDays(27)));
    assertThat(seenAfter(Duration.ofDays(29)).endsAt()).isEqualTo(NOW.plus(Duration.ofDays(30)));
  }

  private Session seenAfter(Duration time) {
    return new Session(
        opened.id(),
        opened.accountId(),
        opened.origin(),
        opened.createdAt(),
        NOW.plus(time),
        opened.expiresAt());
  }
}
