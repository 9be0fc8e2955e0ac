package io.cpdevents.gateway.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cpdevents.gateway.problem.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LongPollsUnderWayTest {

  private final LongPollsUnderWay underWay = new LongPollsUnderWay(new SimpleMeterRegistry());

  @Test
  void a_network_waits_for_thirty_two_things_at_a_time_and_gets_its_places_back() {
    List<Held> held = new ArrayList<>();
    for (int i = 0; i < LongPollsUnderWay.MAX_LONG_POLLS_OF_NETWORK; i++) {
      held.add(underWay.begin("2001:db8:0:" + Integer.toHexString(i) + "::1"));
    }

    Refusal refused = catchThrowableOfType(Refusal.class, () -> underWay.begin("2001:db8::1"));

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.retryAfterSeconds()).isPositive();
    underWay.begin("192.0.2.1").close();
    held.getFirst().close();
    underWay.begin("2001:db8::1").close();
  }
}
