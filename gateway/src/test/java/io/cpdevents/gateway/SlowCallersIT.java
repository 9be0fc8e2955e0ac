package io.cpdevents.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.platform.test.AtOnce;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;

/**
 * Callers that send as slowly as they may. The gateway has few connections here, so that a short
 * crowd is a crowd; the numbers of production are tried by the failure tests.
 */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "server.tomcat.max-connections=" + SlowCallersIT.MAX_CONNECTIONS)
class SlowCallersIT extends GatewayUnderTest {

  static final int MAX_CONNECTIONS = 60;

  /** More than the kernel keeps for a connection. */
  private static final int LARGE_ANSWER_BYTES = 24 * 1024 * 1024;

  private static final int SMALL_PART_BYTES = 600;

  private static final String ATTACKER = "127.0.0.66";
  private static final String LOG_IN =
      """
      POST /api/v1/sessions HTTP/1.1\r
      Host: localhost\r
      Content-Type: application/json\r
      Content-Length: 64\r
      """
          .replace("\\r\n", "\r\n");

  /** Sends a byte each second over every connection. */
  private final ScheduledExecutorService trickle = Executors.newSingleThreadScheduledExecutor();

  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  @AfterEach
  void the_attack_ends() throws IOException {
    trickle.shutdownNow();
    for (Socket each : connections) {
      each.close();
    }
  }

  @Test
  void a_body_that_trickles_takes_no_place_at_a_service_and_is_given_up() throws Exception {
    attack(MAX_CONNECTIONS / 2, LOG_IN + "\r\n{");

    assertThat(another("/api/v1/events")).contains(" 200 ");
    for (Socket each : connections) {
      assertThat(answerOf(each)).contains(" 408 ").contains("\"code\":\"body-too-slow\"");
    }
    services.verify(0, anyRequestedFor(urlPathEqualTo("/api/v1/sessions")));
  }

  @Test
  void a_body_that_nobody_wants_is_not_waited_for_either() throws Exception {
    attack(
        MAX_CONNECTIONS / 2,
        LOG_IN.replace("/api/v1/sessions", "/api/v1/nothing").replace("64", "2000000") + "\r\n{");

    for (Socket each : connections) {
      assertThat(answerOf(each)).contains(" 404 ");
    }
  }

  @Test
  void headers_that_trickle_have_a_deadline_and_a_network_has_its_share() throws Exception {
    attack(2 * MAX_CONNECTIONS, LOG_IN + "X-Slow: ");

    assertThat(another("/api/v1/events")).as("while the headers trickle").contains(" 200 ");
    await("half of all connections are closed at once").until(() -> open() <= MAX_CONNECTIONS / 2);
    await("the others are closed though each sends a byte a second")
        .atMost(Duration.ofSeconds(30))
        .until(() -> open() == 0);
    services.verify(0, anyRequestedFor(urlPathEqualTo("/api/v1/sessions")));
    assertThat(send(to("/actuator/prometheus")).body())
        .containsPattern("cpd_gateway_slow_callers_total\\{.*part=\"headers\".*} [1-9]")
        .containsPattern("cpd_gateway_connections_refused_total(\\{.*})? [1-9]");
  }

  @Test
  void a_crowd_that_trickles_keeps_nobody_out_neither_at_its_own_address_nor_elsewhere()
      throws Exception {
    for (int i = 0; i < 4; i++) {
      attackFrom("127.0.0." + (70 + i), MAX_CONNECTIONS, LOG_IN + "X-Slow: ");
    }

    for (int i = 0; i < 5; i++) {
      assertThat(from("127.0.0.70", "/api/v1/events"))
          .as("behind the same address")
          .contains(" 200 ");
      assertThat(from("127.0.0.99", "/api/v1/events")).as("from elsewhere").contains(" 200 ");
      assertThat(from("127.0.0.1", "/actuator/health/readiness")).contains(" 200 ");
    }
    assertThat(open()).as("of the crowd").isLessThanOrEqualTo(MAX_CONNECTIONS);
  }

  @Test
  void who_is_being_served_is_not_closed_for_those_who_come() throws Exception {
    services.stubFor(get("/api/v1/events").willReturn(ok("served").withFixedDelay(2_000)));
    try (Socket patient = connect("127.0.0.98")) {
      write(patient, "GET /api/v1/events HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      awaitAsked();

      attackFrom("127.0.0.98", 2 * MAX_CONNECTIONS, LOG_IN + "X-Slow: ");

      assertThat(answerOf(patient)).contains(" 200 ").contains("served");
    }
  }

  @Test
  void a_session_waits_for_four_things_at_a_time() throws Exception {
    Person person = somebodyLoggedIn();
    services.stubFor(get("/api/v1/payments?waitSeconds=10").willReturn(ok().withFixedDelay(2_000)));

    List<Integer> statuses =
        AtOnce.begin(
                8,
                () ->
                    send(to("/api/v1/payments?waitSeconds=10")
                            .header("Authorization", "Bearer " + person.token()))
                        .statusCode())
            .results();

    assertThat(statuses.stream().filter(status -> status == 200)).hasSize(4);
    assertThat(statuses.stream().filter(status -> status == 429)).hasSize(4);
    HttpResponse<String> later =
        send(to("/api/v1/payments").header("Authorization", "Bearer " + person.token()));
    assertThat(later.statusCode()).as("what was refused holds nothing").isEqualTo(200);
  }

  @Test
  void an_answer_that_is_taken_byte_by_byte_holds_its_place_for_a_short_time_only()
      throws Exception {
    services.stubFor(get("/api/v1/events").willReturn(ok().withBody(new byte[LARGE_ANSWER_BYTES])));
    try (Socket slow = new Socket()) {
      slow.setReceiveBufferSize(1024);
      slow.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      slow.setSoTimeout(1);
      write(slow, "GET /api/v1/events HTTP/1.1\r\nHost: a\r\n\r\n");
      await("the answer is being sent").until(() -> underWay() == 1);

      await("taken a little each second, it is given up")
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> {
            readSome(slow);
            return underWay() == 0;
          });
      assertThat(send(to("/actuator/prometheus")).body())
          .containsPattern("cpd_gateway_slow_callers_total\\{.*part=\"answer\".*} [1-9]");
    }
  }

  @Test
  void who_takes_a_large_answer_at_a_decent_rate_gets_it_whole() throws Exception {
    services.stubFor(get("/api/v1/events").willReturn(ok().withBody(new byte[LARGE_ANSWER_BYTES])));

    assertThat(from("127.0.0.1", "/api/v1/events").length()).isGreaterThan(LARGE_ANSWER_BYTES);
  }

  private double underWay() throws IOException, InterruptedException {
    return send(to("/actuator/prometheus"))
        .body()
        .lines()
        .filter(line -> line.startsWith("cpd_gateway_requests_under_way"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static void readSome(Socket connection) throws IOException {
    try {
      var _ = connection.getInputStream().readNBytes(SMALL_PART_BYTES);
    } catch (SocketTimeoutException e) {
      // Nothing is there yet.
    }
  }

  private static void awaitAsked() {
    await("the request is under way")
        .until(
            () -> !services.findAll(anyRequestedFor(urlPathEqualTo("/api/v1/events"))).isEmpty());
  }

  private void attack(int callers, String begin) throws IOException {
    attackFrom(ATTACKER, callers, begin);
  }

  private Socket connect(String address) throws IOException {
    Socket connection =
        new Socket(InetAddress.ofLiteral("127.0.0.1"), port, InetAddress.ofLiteral(address), 0);
    connection.setSoTimeout(20_000);
    return connection;
  }

  private void attackFrom(String address, int callers, String begin) throws IOException {
    for (int i = 0; i < callers; i++) {
      Socket connection = connect(address);
      connections.add(connection);
      write(connection, begin);
    }
    trickle.scheduleAtFixedRate(
        () -> connections.forEach(each -> write(each, "x")), 1, 1, TimeUnit.SECONDS);
  }

  private static void write(Socket connection, String text) {
    try {
      connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // The gateway has closed it: reading tells so.
    }
  }

  private static String answerOf(Socket connection) throws IOException {
    return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** What another person is answered, from another address. */
  private String another(String path) throws IOException {
    return from("127.0.0.1", path);
  }

  private String from(String address, String path) throws IOException {
    try (Socket connection = connect(address)) {
      connection.setSoTimeout(5_000);
      write(connection, "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      return answerOf(connection);
    }
  }

  private long open() {
    return connections.stream().filter(SlowCallersIT::isOpen).count();
  }

  private static boolean isOpen(Socket connection) {
    try {
      connection.setSoTimeout(1);
      return connection.getInputStream().read() >= 0;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
