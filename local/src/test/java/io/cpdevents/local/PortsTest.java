package io.cpdevents.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void ports_are_counted_from_the_base() {
    Ports ports = new Ports(8080);
    assertThat(ports.of(Component.GATEWAY)).isEqualTo(8080);
    assertThat(ports.of(Component.ACCOUNTS)).isEqualTo(8101);
    assertThat(ports.of(Component.NOTIFICATION)).isEqualTo(8105);
    assertThat(ports.of(Component.STRIPE_SANDBOX)).isEqualTo(8110);
    assertThat(ports.of(Component.MAILBOX)).isEqualTo(8115);
    assertThat(ports.smtp()).isEqualTo(8116);
    assertThat(ports.of(Component.POSTGRES)).isEqualTo(8120);
    assertThat(ports.of(Component.KAFKA)).isEqualTo(8121);
    assertThat(ports.control()).isEqualTo(8125);
  }

  @Test
  void a_taken_port_is_told_with_what_needs_it() throws IOException {
    Ports ports = Ports.free();
    try (ServerSocket somebody =
        new ServerSocket(ports.of(Component.BILLING), 1, InetAddress.getLoopbackAddress())) {
      assertThat(ports.taken()).containsExactly(entry("billing", somebody.getLocalPort()));
    }
    assertThat(ports.taken()).isEmpty();
  }

  @Test
  void a_base_without_room_for_all_ports_is_refused() {
    assertThatThrownBy(() -> new Ports(80)).isInstanceOf(LocalFailure.class);
    assertThatThrownBy(() -> new Ports(65_530)).isInstanceOf(LocalFailure.class);
  }

  private static java.util.Map.Entry<String, Integer> entry(String name, int port) {
    return java.util.Map.entry(name, port);
  }
}
