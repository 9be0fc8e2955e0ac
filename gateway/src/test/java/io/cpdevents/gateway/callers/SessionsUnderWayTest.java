package io.cpdevents.gateway.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cpdevents.gateway.problem.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionsUnderWayTest {

  private final SessionsUnderWay underWay = new SessionsUnderWay(new SimpleMeterRegistry());

  @Test
  void what_a_refused_long_poll_took_is_given_back() {
    UUID session = UUID.randomUUID();
    for (int i = 0; i < SessionsUnderWay.MAX_LONG_POLLS; i++) {
      underWay.begin(session, true);
    }
    for (int i = 0; i < 10 * SessionsUnderWay.MAX_REQUESTS; i++) {
      Refusal refused = catchThrowableOfType(Refusal.class, () -> underWay.begin(session, true));
      assertThat(refused.status()).isEqualTo(429);
    }

    underWay.begin(session, false).close();
    underWay.begin(UUID.randomUUID(), true).close();
  }
}
