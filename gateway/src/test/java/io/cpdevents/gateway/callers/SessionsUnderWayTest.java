package io.cpdevents.gateway.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cpdevents.gateway.problem.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionsUnderWayTest {

  private static final UUID ACCOUNT = UUID.randomUUID();

  private final SessionsUnderWay underWay = new SessionsUnderWay(new SimpleMeterRegistry());

  @Test
  void what_a_refused_long_poll_took_is_given_back() {
    UUID session = UUID.randomUUID();
    for (int i = 0; i < SessionsUnderWay.MAX_LONG_POLLS; i++) {
      underWay.begin(session, ACCOUNT, true);
    }
    for (int i = 0; i < 10 * SessionsUnderWay.MAX_REQUESTS; i++) {
      Refusal refused =
          catchThrowableOfType(Refusal.class, () -> underWay.begin(session, ACCOUNT, true));
      assertThat(refused.status()).isEqualTo(429);
    }

    underWay.begin(session, ACCOUNT, false).close();
    underWay.begin(UUID.randomUUID(), ACCOUNT, true).close();
  }

  @Test
  void an_account_waits_for_eight_things_at_a_time_however_many_sessions_it_has() {
    for (int i = 0; i < SessionsUnderWay.MAX_LONG_POLLS_OF_ACCOUNT; i++) {
      underWay.begin(UUID.randomUUID(), ACCOUNT, true);
    }
    UUID session = UUID.randomUUID();
    for (int i = 0; i < 10 * SessionsUnderWay.MAX_REQUESTS; i++) {
      Refusal refused =
          catchThrowableOfType(Refusal.class, () -> underWay.begin(session, ACCOUNT, true));
      assertThat(refused.status()).isEqualTo(429);
    }

    underWay.begin(session, ACCOUNT, false).close();
    underWay.begin(session, UUID.randomUUID(), true).close();
  }
}
