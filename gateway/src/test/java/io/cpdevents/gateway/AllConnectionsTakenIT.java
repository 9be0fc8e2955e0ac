package io.cpdevents.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.platform.test.AtOnce;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.boot.test.context.SpringBootTest;

/** An instance all of whose few connections are in use. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "server.tomcat.max-connections=" + AllConnectionsTakenIT.MAX_CONNECTIONS)
@EnabledOnOs(OS.LINUX)
class AllConnectionsTakenIT extends GatewayUnderTest {

  static final int MAX_CONNECTIONS = 6;

  @Test
  void while_callers_wait_to_be_accepted_it_is_alive_but_not_ready_and_then_serves_them()
      throws Exception {
    assertThat(from(0, "/actuator/health/readiness")).contains(" 200 ");
    services.stubFor(get("/api/v1/events").willReturn(ok("served").withFixedDelay(1_000)));

    var callers = AtOnce.begin(MAX_CONNECTIONS, () -> from(1, "/api/v1/events"));
    var others = AtOnce.begin(MAX_CONNECTIONS, () -> from(2, "/api/v1/events"));

    await("who comes now waits, and is told afterwards")
        .until(() -> from(0, "/actuator/health/readiness").contains(" 503 "));
    assertThat(from(0, "/actuator/health/liveness")).contains(" 200 ");
    List<String> served = callers.results();
    assertThat(served).filteredOn(answer -> answer.contains("served")).isNotEmpty();
    assertThat(others.results()).filteredOn(answer -> answer.contains("served")).isNotEmpty();
  }

  /** From an address of this machine; empty when the connection was closed for somebody else. */
  private String from(int network, String path) {
    try (Socket connection =
        new Socket(
            InetAddress.ofLiteral("127.0.0.1"),
            port,
            InetAddress.ofLiteral("127.0." + network + ".1"),
            0)) {
      connection.setSoTimeout(20_000);
      connection
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException closed) {
      return "";
    }
  }
}
