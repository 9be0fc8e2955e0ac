package io.cpdevents.gateway.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cpdevents.gateway.problem.Refusal;
import io.cpdevents.gateway.upstream.Upstream;
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
      Upstream service = i % 2 == 0 ? Upstream.REGISTRATION : Upstream.BILLING;
      held.add(underWay.begin("2001:db8:0:" + Integer.toHexString(i) + "::1", service));
    }

    Refusal refused =
        catchThrowableOfType(
            Refusal.class, () -> underWay.begin("2001:db8::1", Upstream.REGISTRATION));

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.retryAfterSeconds()).isPositive();
    underWay.begin("192.0.2.1", Upstream.REGISTRATION).close();
    held.getFirst().close();
    underWay.begin("2001:db8::1", Upstream.BILLING).close();
  }

  @Test
  void who_waits_for_one_service_takes_no_places_of_another() {
    int crowd = fill(Upstream.BILLING);

    assertThat(crowd).isLessThanOrEqualTo(LongPollsUnderWay.MAX_LONG_POLLS_OF_SERVICE);
    assertThat(
            catchThrowableOfType(
                    Refusal.class, () -> underWay.begin("203.0.113.1", Upstream.BILLING))
                .status())
        .isEqualTo(429);
    assertThat(fill(Upstream.REGISTRATION)).isEqualTo(crowd);
  }

  /**
   * Networks that come one after the other and each take what they get; answers how much it was.
   */
  private int fill(Upstream service) {
    int waiting = 0;
    for (int network = 0; network < 2 * LongPollsUnderWay.MAX_LONG_POLLS_OF_SERVICE; network++) {
      String address = (service == Upstream.BILLING ? "198.18." : "198.19.") + network + ".1";
      try {
        for (int i = 0; i < LongPollsUnderWay.MAX_LONG_POLLS_OF_NETWORK; i++) {
          underWay.begin(address, service);
          waiting++;
        }
      } catch (Refusal refused) {
        continue;
      }
    }
    return waiting;
  }
}
