package io.cpdevents.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallerNetworkTest {

  @Test
  void a_subscriber_is_an_address_or_the_beginning_of_a_longer_one() {
    assertThat(CallerNetwork.of("203.0.113.9"))
        .hasValue(new CallerNetwork("cb007109", "cb007109"))
        .get()
        .returns(false, CallerNetwork::isShared);
    assertThat(CallerNetwork.of("2001:db8:7:7::1"))
        .hasValue(new CallerNetwork("20010db8000700", "20010db80007"))
        .isEqualTo(CallerNetwork.of("2001:DB8:7:7:9::"))
        .isEqualTo(CallerNetwork.of("2001:db8:7:ff::1"))
        .isNotEqualTo(CallerNetwork.of("2001:db8:7:107::1"));
  }

  @Test
  void a_shorter_beginning_is_what_anybody_gets() {
    assertThat(CallerNetwork.of("2001:db8:7:107::1").orElseThrow())
        .returns("20010db80007", CallerNetwork::allotment)
        .returns(true, CallerNetwork::isShared);
  }

  @Test
  void this_machine_and_junk_are_nobodys_network() {
    for (String told : new String[] {"127.0.0.1", "127.0.0.66", "::1", "0.0.0.0", "junk", ""}) {
      assertThat(CallerNetwork.of(told)).as(told).isEmpty();
    }
  }
}
