package io.cpdevents.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallerNetworkTest {

  @Test
  void a_customer_is_an_address_or_the_beginning_of_a_longer_one() {
    assertThat(CallerNetwork.of("203.0.113.9")).hasValue("cb007109");
    assertThat(CallerNetwork.of("2001:db8:7:7::1"))
        .hasValue("20010db8000700")
        .isEqualTo(CallerNetwork.of("2001:DB8:7:7:9::"))
        .isEqualTo(CallerNetwork.of("2001:db8:7:ff::1"))
        .isNotEqualTo(CallerNetwork.of("2001:db8:7:107::1"));
  }

  @Test
  void this_machine_and_junk_are_nobodys_network() {
    for (String told : new String[] {"127.0.0.1", "127.0.0.66", "::1", "0.0.0.0", "junk", ""}) {
      assertThat(CallerNetwork.of(told)).as(told).isEmpty();
    }
  }
}
