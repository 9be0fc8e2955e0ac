package io.cpdevents.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.gateway.callers.Held;
import io.cpdevents.gateway.callers.RequestsUnderWay;
import io.cpdevents.platform.test.AtOnce;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
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

  private static final Duration MAX_ANSWER_TIME = Duration.ofSeconds(1);
  private static final int MAX_TIMES_SLOWER = 4;

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

  @Autowired RequestsUnderWay requestsUnderWay;

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
    Duration calm = calm();
    attack(MAX_CONNECTIONS / 2 - 5, LOG_IN + "\r\n{");

    assertThatPeopleAreServed(calm);
    for (Socket each : connections) {
      assertThat(answerOf(each)).contains(" 408 ").contains("\"code\":\"body-too-slow\"");
    }
    services.verify(0, anyRequestedFor(urlPathEqualTo("/api/v1/sessions")));
  }

  @Test
  void bodies_that_nobody_wants_keep_nobody_out() throws Exception {
    Duration calm = calm();
    attack(
        2 * MAX_CONNECTIONS,
        LOG_IN.replace("/api/v1/sessions", "/api/v1/nothing").replace("64", "2000000") + "\r\n{");

    assertThatPeopleAreServed(calm);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS *", "POST /WEB-INF/web.xml"})
  void what_tomcat_answers_by_itself_keeps_nobody_out_either(String request) throws Exception {
    Duration calm = calm();
    String begin =
        LOG_IN.replace("POST /api/v1/sessions", request).replace("64", "2000000") + "\r\n{";
    attack(MAX_CONNECTIONS, begin);
    attackFrom("127.0.0.67", MAX_CONNECTIONS, begin);

    assertThatPeopleAreServed(calm);
  }

  @Test
  void a_chunk_whose_size_trickles_is_given_up_though_no_read_of_it_ends() throws Exception {
    String wanted = LOG_IN.replace("Content-Length: 64", "Transfer-Encoding: chunked") + "\r\n0";
    List<Socket> bodies = attackFrom(ATTACKER, 4, wanted, "0");
    List<Socket> rests =
        attackFrom("127.0.0.67", 4, wanted.replace("/api/v1/sessions", "/api/v1/nothing"), "0");
    long begunNanos = System.nanoTime();

    for (Socket each : rests) {
      assertThat(answerOf(each)).contains(" 404 ");
    }
    for (Socket each : bodies) {
      assertThat(answerOf(each)).contains(" 408 ").contains("\"code\":\"body-too-slow\"");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begunNanos))
        .as("a size has eight digits, a second each")
        .isLessThan(Duration.ofSeconds(7));
  }

  @Test
  void a_body_that_nobody_wants_is_not_waited_for_either() throws Exception {
    attack(
        4,
        LOG_IN.replace("/api/v1/sessions", "/api/v1/nothing").replace("64", "2000000") + "\r\n{");

    for (Socket each : connections) {
      assertThat(answerOf(each)).contains(" 404 ");
    }
  }

  @Test
  void the_sender_of_a_body_that_nobody_wants_is_told() throws Exception {
    try (Socket sender = connect("127.0.0.98")) {
      write(
          sender,
          "POST /api/v1/nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
              + "Content-Length: 2000000\r\n\r\n");
      for (int i = 0; i < 20; i++) {
        write(sender, "x".repeat(100_000));
      }
      assertThat(answerOf(sender)).contains(" 404 ");
    }
  }

  @Test
  void a_refusal_that_is_sent_before_a_small_body_has_come_leaves_the_connection_whole()
      throws Exception {
    try (Socket caller = connect("127.0.0.98")) {
      write(
          caller,
          "POST /api/v1/events HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.example\r\n"
              + "Content-Length: 2\r\n\r\n");
      assertThat(firstPartOf(caller)).contains(" 403 ").doesNotContain("Connection: close");

      write(caller, "{}GET /api/v1/events HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(answerOf(caller)).contains("HTTP/1.1 200 ");
    }
  }

  @Test
  void bodies_that_trickle_give_way_where_all_places_are_taken() throws Exception {
    Duration calm = calm();
    List<Held> others = allPlacesBut(10);
    try {
      // No address gets more than is left, so it takes several to take all.
      for (String address : List.of(ATTACKER, "127.0.0.67", "127.0.0.68", "127.0.0.69")) {
        attackFrom(address, 8, LOG_IN + "\r\n{");
      }

      assertThatPeopleAreServed(calm);
    } finally {
      others.forEach(Held::close);
    }
  }

  @Test
  void answers_that_nobody_takes_give_way_where_all_places_are_taken() throws Exception {
    Duration calm = calm();
    services.stubFor(get("/api/v1/events").willReturn(ok().withBody(new byte[LARGE_ANSWER_BYTES])));
    List<Held> others = allPlacesBut(4);
    try {
      for (int i = 0; i < 4; i++) {
        Socket slow = new Socket();
        connections.add(slow);
        slow.setReceiveBufferSize(1024);
        slow.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0." + (80 + i)), 0));
        slow.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        write(slow, "GET /api/v1/events HTTP/1.1\r\nHost: a\r\n\r\n");
      }
      await("it is seen that somebody waits for them")
          .atMost(Duration.ofSeconds(20))
          .until(() -> from("127.0.0.99", "/health").contains(" 200 "));

      assertThatPeopleAreServed(calm);
    } finally {
      others.forEach(Held::close);
    }
  }

  /** So many are left, as others have taken the rest and are being served. */
  private List<Held> allPlacesBut(int left) {
    List<Held> taken = new ArrayList<>();
    while (taken.size() < RequestsUnderWay.MAX_REQUESTS - left) {
      // Each of a network of its own: no network gets more than is left.
      String name = "other " + taken.size();
      taken.add(requestsUnderWay.begin(name, name));
    }
    return taken;
  }

  /** Both at once, because each takes many seconds to be given up. */
  @Test
  void headers_and_answers_that_trickle_have_deadlines_and_a_network_has_its_share()
      throws Exception {
    Duration calm = calm();
    services.stubFor(get("/api/v1/events").willReturn(ok().withBody(new byte[LARGE_ANSWER_BYTES])));
    try (Socket slow = new Socket()) {
      slow.setReceiveBufferSize(1024);
      slow.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      slow.setSoTimeout(1);
      write(slow, "GET /api/v1/events HTTP/1.1\r\nHost: a\r\n\r\n");
      await("the answer is being sent").until(() -> underWay() == 1);
      trickle.scheduleAtFixedRate(() -> readSome(slow), 1, 1, TimeUnit.SECONDS);
      attack(2 * MAX_CONNECTIONS, LOG_IN + "X-Slow: ");

      assertThatPeopleAreServed(calm);
      await("half of all connections are closed at once")
          .until(() -> open() <= MAX_CONNECTIONS / 2);
      await("the others are closed though each sends a byte a second")
          .atMost(Duration.ofSeconds(30))
          .until(() -> open() == 0);
      await("an answer holds its place for a short time only, though a little is taken each second")
          .atMost(Duration.ofSeconds(30))
          .until(() -> underWay() == 0);
    }
    services.verify(0, anyRequestedFor(urlPathEqualTo("/api/v1/sessions")));
    assertThat(send(to("/actuator/prometheus")).body())
        .containsPattern("cpd_gateway_slow_callers_total\\{.*part=\"headers\".*} [1-9]")
        .containsPattern("cpd_gateway_slow_callers_total\\{.*part=\"answer\".*} [1-9]")
        .containsPattern("cpd_gateway_connections_refused_total(\\{.*})? [1-9]");
  }

  @Test
  void a_crowd_that_trickles_keeps_nobody_out_neither_at_its_own_address_nor_elsewhere()
      throws Exception {
    await("nobody was turned away lately")
        .atMost(Duration.ofSeconds(15))
        .until(() -> from("127.0.0.1", "/actuator/health/readiness").contains(" 200 "));
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
  void who_takes_a_large_answer_at_a_decent_rate_gets_it_whole() throws Exception {
    services.stubFor(get("/api/v1/events").willReturn(ok().withBody(new byte[LARGE_ANSWER_BYTES])));

    assertThat(from("127.0.0.1", "/api/v1/events").length()).isGreaterThan(LARGE_ANSWER_BYTES);
  }

  /** Behind the address of an attack, and elsewhere; it goes upstream, for the token as well. */
  private void assertThatPeopleAreServed(Duration calm) throws Exception {
    Duration bound = max(MAX_ANSWER_TIME, calm.multipliedBy(MAX_TIMES_SLOWER));
    for (int i = 0; i < 3; i++) {
      assertThat(askedForMe(ATTACKER)).as("behind the same address").isLessThan(bound);
      assertThat(askedForMe("127.0.0.99")).as("from elsewhere").isLessThan(bound);
    }
  }

  private Duration calm() throws Exception {
    services.stubFor(get("/api/v1/me").willReturn(ok("me")));
    Duration slowest = Duration.ZERO;
    for (int i = 0; i < 3; i++) {
      slowest = max(slowest, askedForMe("127.0.0.99"));
    }
    return slowest;
  }

  /** How long it takes somebody who has just logged in to see their profile. */
  private Duration askedForMe(String address) throws Exception {
    Person person = somebodyLoggedIn();
    long begunNanos = System.nanoTime();
    try (Socket connection = connect(address)) {
      connection.setSoTimeout(5_000);
      write(
          connection,
          "GET /api/v1/me HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer "
              + person.token()
              + "\r\n\r\n");
      assertThat(answerOf(connection)).contains(" 200 ");
    }
    return Duration.ofNanos(System.nanoTime() - begunNanos);
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private double underWay() throws IOException, InterruptedException {
    return send(to("/actuator/prometheus"))
        .body()
        .lines()
        .filter(line -> line.startsWith("cpd_gateway_requests_under_way"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static void readSome(Socket connection) {
    try {
      var _ = connection.getInputStream().readNBytes(SMALL_PART_BYTES);
    } catch (IOException e) {
      // Nothing is there yet, or it was given up.
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
    attackFrom(address, callers, begin, "x");
  }

  private List<Socket> attackFrom(String address, int callers, String begin, String more)
      throws IOException {
    List<Socket> begun = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      Socket connection = connect(address);
      connections.add(connection);
      begun.add(connection);
      write(connection, begin);
    }
    trickle.scheduleAtFixedRate(
        () -> begun.forEach(each -> write(each, more)), 1, 1, TimeUnit.SECONDS);
    return begun;
  }

  private static void write(Socket connection, String text) {
    try {
      connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // The gateway has closed it: reading tells so.
    }
  }

  private static String firstPartOf(Socket connection) throws IOException {
    byte[] part = new byte[8 * 1024];
    int length = connection.getInputStream().read(part);
    return new String(part, 0, Math.max(0, length), StandardCharsets.UTF_8);
  }

  private static String answerOf(Socket connection) throws IOException {
    return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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
