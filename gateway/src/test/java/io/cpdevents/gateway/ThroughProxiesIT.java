package io.cpdevents.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.test.context.TestPropertySource;

/** Who calls, when some connections are those of load balancers and others are not. */
@TestPropertySource(
    properties = {
      "server.forward-headers-strategy=native",
      "server.tomcat.remoteip.internal-proxies=127.0.0.1/32,10.7.0.0/16,fd07::/16",
      "test.rate-limits=production"
    })
@EnabledOnOs(OS.LINUX)
class ThroughProxiesIT extends GatewayUnderTest {

  private static final String NO_PROXY = "127.0.0.66";

  /** More than an address has at once, and what it gets while they are sent. */
  private static final int FLOOD = 1_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9                             | 203.0.113.9",
        "6.6.6.6, 203.0.113.9                    | 203.0.113.9",
        "127.0.0.1, 10.7.0.9, 203.0.113.9        | 203.0.113.9",
        "6.6.6.6, 203.0.113.9, 10.7.1.2          | 203.0.113.9",
        "6.6.6.6, 203.0.113.9,10.7.1.2, 10.7.0.1 | 203.0.113.9",
        "2001:DB8::9, fd07::1                    | 2001:db8:0:0:0:0:0:9",
        "203.0.113.9:50123                       | 203.0.113.9",
        "[2001:db8::9]:443                       | 2001:db8:0:0:0:0:0:9",
        "::ffff:203.0.113.9                      | 203.0.113.9",
        "6.6.6.6, junk                           | 127.0.0.1",
        "6.6.6.6, ${jndi:x} <script>             | 127.0.0.1",
        "unknown                                 | 127.0.0.1",
        ",,                                      | 127.0.0.1",
      })
  void the_caller_is_the_last_address_that_is_no_proxys_and_junk_is_nobody(
      String told, String caller) throws Exception {
    send(to("/api/v1/events").header("X-Forwarded-For", told));

    assertThat(addressesSeen()).containsExactly(caller);
  }

  @Test
  void who_comes_past_the_proxies_is_where_the_connection_is_from() throws Exception {
    try (HttpClient stranger = at(NO_PROXY)) {
      statusFor(stranger, "203.0.113.9");
      statusFor(stranger, "127.0.0.1, 10.7.0.1");
    }

    assertThat(addressesSeen()).containsExactly(NO_PROXY, NO_PROXY);
  }

  @Test
  void a_flood_through_a_proxy_uses_up_the_limit_of_its_own_network_alone() throws Exception {
    flood("6.6.6.%d, 198.51.100.7");
    assertThat(isRefusedSoon("198.51.100.7")).isTrue();
    assertThat(statusFor("198.51.100.8")).isEqualTo(200);

    flood("2001:db8:7:%x::7");
    assertThat(isRefusedSoon("[2001:db8:7:7:9::]:443")).as("one customer").isTrue();
    assertThat(statusFor("2001:db8:7:107::1")).as("another one").isEqualTo(200);
  }

  @Test
  void a_flood_past_the_proxies_gets_no_new_limit_by_telling_other_addresses() throws Exception {
    boolean refused = false;
    try (HttpClient stranger = at("127.0.0.67")) {
      for (int i = 0; i < FLOOD && !refused; i++) {
        refused = statusFor(stranger, "6.6.%d.%d".formatted(i / 250, i % 250)) == 429;
      }
    }

    assertThat(refused).isTrue();
  }

  @Test
  void a_refusal_is_told_with_the_callers_address() throws Exception {
    Logger security = (Logger) LoggerFactory.getLogger("io.cpdevents.security");
    ListAppender<ILoggingEvent> told = new ListAppender<>();
    told.start();
    security.addAppender(told);
    try {
      send(
          to("/api/v1/me")
              .header("X-Forwarded-For", "6.6.6.6, 198.51.100.21")
              .header("Authorization", "Bearer guessed"));
    } finally {
      security.detachAppender(told);
    }

    assertThat(told.list)
        .flatExtracting(ILoggingEvent::getKeyValuePairs)
        .filteredOn(pair -> pair.key.equals("address"))
        .extracting(pair -> pair.value)
        .containsExactly("198.51.100.21");
  }

  @Test
  void nobody_behind_a_proxy_passes_for_a_program_on_this_machine() throws Exception {
    for (String told : List.of("127.0.0.1", "127.0.0.1, 10.7.0.9", "::1", "junk")) {
      assertThat(send(to("/actuator/health").header("X-Forwarded-For", told)).statusCode())
          .as(told)
          .isEqualTo(404);
    }
  }

  private static List<String> addressesSeen() {
    return services.findAll(anyRequestedFor(urlPathEqualTo("/api/v1/events"))).stream()
        .flatMap(request -> request.header("X-Forwarded-For").values().stream())
        .toList();
  }

  /** The limit lets one through every ten milliseconds, and far more who have not used it up. */
  private boolean isRefusedSoon(String told) throws Exception {
    for (int i = 0; i < 50; i++) {
      if (statusFor(told) == 429) {
        return true;
      }
    }
    return false;
  }

  private void flood(String told) throws Exception {
    for (int i = 0; i < FLOOD; i++) {
      if (statusFor(told.formatted(i % 250)) == 429) {
        return;
      }
    }
  }

  private int statusFor(String told) throws Exception {
    return send(to("/health").header("X-Forwarded-For", told)).statusCode();
  }

  private int statusFor(HttpClient client, String told) throws Exception {
    return client
        .send(
            to("/api/v1/events").header("X-Forwarded-For", told).build(), BodyHandlers.discarding())
        .statusCode();
  }

  private static HttpClient at(String address) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .localAddress(InetAddress.ofLiteral(address))
        .build();
  }
}
