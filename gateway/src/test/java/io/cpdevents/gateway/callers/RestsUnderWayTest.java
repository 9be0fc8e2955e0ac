package io.cpdevents.gateway.callers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestsUnderWayTest {

  private final RestsUnderWay underWay = new RestsUnderWay();

  @Test
  void few_refused_bodies_are_read_of_one_network_and_of_all() {
    List<Held> held = new ArrayList<>();
    for (int i = 0; i < RestsUnderWay.MAX_RESTS; i++) {
      for (int j = 0; j < RestsUnderWay.MAX_RESTS; j++) {
        Held rest = underWay.begin("192.0.2." + i);
        if (rest != null) {
          held.add(rest);
        }
      }
      assertThat(held)
          .hasSizeLessThanOrEqualTo((i + 1) * RestsUnderWay.MAX_RESTS_OF_NETWORK)
          .hasSizeLessThanOrEqualTo(RestsUnderWay.MAX_RESTS);
    }
    assertThat(held).hasSize(RestsUnderWay.MAX_RESTS);

    held.forEach(Held::close);
    assertThat(underWay.begin("192.0.2.0")).isNotNull();
    assertThat(underWay.begin("192.0.2.99")).isNotNull();
  }
}
