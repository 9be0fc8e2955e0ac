package io.cpdevents.gateway.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cpdevents.gateway.problem.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestsUnderWayTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final RequestsUnderWay underWay = new RequestsUnderWay(meters);

  @Test
  void one_network_has_half_of_all_places_and_gets_them_back() {
    List<Held> held = new ArrayList<>();
    for (int i = 0; i < RequestsUnderWay.MAX_REQUESTS_OF_NETWORK; i++) {
      held.add(underWay.begin("2001:db8::" + Integer.toHexString(i + 1)));
    }

    Refusal refused = catchThrowableOfType(Refusal.class, () -> underWay.begin("2001:db8::ffff"));

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refusals("network")).isEqualTo(1);
    underWay.begin("192.0.2.1").close();
    held.getFirst().close();
    underWay.begin("2001:db8::ffff").close();
  }

  @Test
  void when_all_places_are_taken_the_next_caller_is_refused_whoever_it_is() {
    List<Held> held = new ArrayList<>();
    for (int i = 0; i < RequestsUnderWay.MAX_REQUESTS; i++) {
      held.add(underWay.begin("192.0.2." + i % 3));
    }

    Refusal refused = catchThrowableOfType(Refusal.class, () -> underWay.begin("192.0.2.99"));

    assertThat(refused.status()).isEqualTo(503);
    assertThat(underWay.turnPeopleAway()).isTrue();
    held.forEach(Held::close);
    assertThat(underWay.turnPeopleAway())
        .as("a probe that asks a moment later learns of it, too")
        .isTrue();
    assertThat(refusals("all")).isEqualTo(1);
  }

  @Test
  void a_network_that_has_its_share_is_no_reason_to_send_others_elsewhere() {
    for (int i = 0; i < RequestsUnderWay.MAX_REQUESTS_OF_NETWORK; i++) {
      underWay.begin("192.0.2.1");
    }

    assertThatThrownBy(() -> underWay.begin("192.0.2.1")).isInstanceOf(Refusal.class);

    assertThat(underWay.turnPeopleAway()).isFalse();
  }

  private double refusals(String bound) {
    return meters.get("cpd.gateway.requests.refused").tag("bound", bound).counter().count();
  }
}
