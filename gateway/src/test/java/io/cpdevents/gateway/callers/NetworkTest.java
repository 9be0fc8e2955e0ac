package io.cpdevents.gateway.callers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworkTest {

  @Test
  void an_ipv6_address_counts_by_its_network_in_whatever_form_it_is_told() {
    String network = Network.of("2001:db8:1:2:3:4:5:6");

    assertThat(Network.of("2001:db8:1:2::1")).isEqualTo(network);
    assertThat(Network.of("2001:0DB8:0001:2:ffff:0:0:1")).isEqualTo(network);
    assertThat(Network.of("2001:db8:1:ffff::1")).as("one /48").isEqualTo(network);
    assertThat(Network.of("2001:db8:2:2::1")).as("another one").isNotEqualTo(network);
    assertThat(Network.of("2001:db8::1")).isEqualTo(Network.of("2001:db8:0:0:1::"));
  }

  @Test
  void an_ipv4_address_is_its_own_network() {
    assertThat(Network.of("192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(Network.of("::ffff:192.0.2.1")).as("mapped into IPv6").isEqualTo("192.0.2.1");
  }

  @Test
  void what_is_no_address_is_its_own_network() {
    assertThat(Network.of("a:b")).isEqualTo("a:b");
  }
}
