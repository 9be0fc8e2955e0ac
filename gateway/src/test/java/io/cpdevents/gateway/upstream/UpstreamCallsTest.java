package io.cpdevents.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cpdevents.gateway.GatewaySettings;
import io.cpdevents.gateway.GatewaySettings.CookieSameSite;
import io.cpdevents.gateway.GatewaySettings.RateLimits;
import io.cpdevents.gateway.problem.Refusal;
import io.cpdevents.gateway.upstream.UpstreamCalls.Place;
import io.cpdevents.platform.test.AtOnce;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.ServerResponse;

class UpstreamCallsTest {

  private static final int MORE_CALLS_THAN_THE_BREAKER_LOOKS_AT = 60;

  private final UpstreamCalls calls =
      new UpstreamCalls(
          new GatewaySettings(
              URI.create("http://localhost"),
              null,
              List.of(),
              CookieSameSite.LAX,
              "token",
              RateLimits.RELAXED,
              0,
              Duration.ZERO,
              "",
              Arrays.stream(Upstream.values())
                  .collect(
                      Collectors.toMap(
                          Upstream::serviceName, _ -> URI.create("http://127.0.0.1:1")))),
          new SimpleMeterRegistry());

  @Test
  void a_full_bulkhead_refuses_the_next_call_at_once_and_only_for_its_service() throws Exception {
    CountDownLatch begun = new CountDownLatch(Place.CALL.maxConcurrentCalls());
    CountDownLatch answered = new CountDownLatch(1);
    AtOnce.Crowd<ResponseEntity<String>> callers =
        AtOnce.begin(
            Place.CALL.maxConcurrentCalls(),
            () ->
                calls.call(Upstream.REGISTRATION, Place.CALL, false, () -> slow(begun, answered)));
    begun.await();

    Refusal refusal =
        catchThrowableOfType(
            Refusal.class,
            () -> calls.call(Upstream.REGISTRATION, Place.CALL, false, UpstreamCallsTest::answer));

    assertThat(refusal.code()).isEqualTo("service-unavailable");
    assertThat(refusal.retryAfterSeconds()).isPositive();
    assertThat(calls.call(Upstream.REGISTRATION, Place.LONG_POLL, false, UpstreamCallsTest::answer))
        .as("places of another kind")
        .isNotNull();
    assertThat(calls.call(Upstream.BILLING, Place.CALL, false, UpstreamCallsTest::answer))
        .isNotNull();
    answered.countDown();
    assertThat(callers.results()).hasSize(Place.CALL.maxConcurrentCalls());
    assertThat(calls.call(Upstream.REGISTRATION, Place.CALL, false, UpstreamCallsTest::answer))
        .isNotNull();
  }

  @Test
  void answers_that_somebody_else_is_away_keep_nobody_from_the_service() {
    for (int i = 0; i < MORE_CALLS_THAN_THE_BREAKER_LOOKS_AT; i++) {
      assertThat(
              calls.call(
                  Upstream.BILLING,
                  Place.CALL,
                  false,
                  () ->
                      ServerResponse.status(503)
                          .header(UpstreamCalls.SOMEBODY_ELSES_OUTAGE, "stripe-unavailable")
                          .build()))
          .isNotNull();
    }

    assertThat(calls.call(Upstream.BILLING, Place.CALL, false, UpstreamCallsTest::answer))
        .isNotNull();
  }

  @Test
  void answers_that_the_service_itself_is_away_do() {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < MORE_CALLS_THAN_THE_BREAKER_LOOKS_AT; i++) {
                calls.call(
                    Upstream.BILLING, Place.CALL, false, () -> ServerResponse.status(503).build());
              }
            })
        .isInstanceOf(Refusal.class);
  }

  @Test
  void whatever_a_service_answers_badly_its_exchanges_of_tokens_go_on() {
    assertThatThrownBy(() -> answersBadly(Upstream.ACCOUNTS, Place.CALL))
        .isInstanceOf(Refusal.class);
    assertThat(calls.call(Upstream.ACCOUNTS, Place.TOKEN_EXCHANGE, true, UpstreamCallsTest::answer))
        .isNotNull();

    assertThatThrownBy(() -> answersBadly(Upstream.REGISTRATION, Place.TOKEN_EXCHANGE))
        .isInstanceOf(Refusal.class);
    assertThat(calls.call(Upstream.REGISTRATION, Place.CALL, true, UpstreamCallsTest::answer))
        .isNotNull();
  }

  private void answersBadly(Upstream upstream, Place place) {
    for (int i = 0; i < MORE_CALLS_THAN_THE_BREAKER_LOOKS_AT; i++) {
      calls.call(upstream, place, false, () -> ResponseEntity.status(503).build());
    }
  }

  @Test
  void what_found_no_connection_is_sent_once_more_whatever_it_is() {
    AtomicInteger tries = new AtomicInteger();

    assertThat(
            calls.call(
                Upstream.BILLING,
                Place.CALL,
                false,
                () -> failing(tries, 1, new HttpHostConnectException("refused"))))
        .isNotNull();

    assertThat(tries).hasValue(2);
  }

  @Test
  void what_may_have_arrived_is_sent_once_more_only_if_it_changes_nothing() {
    IOException lost = new NoHttpResponseException("closed");
    AtomicInteger reads = new AtomicInteger();
    AtomicInteger writes = new AtomicInteger();

    assertThat(calls.call(Upstream.BILLING, Place.CALL, true, () -> failing(reads, 1, lost)))
        .isNotNull();
    Refusal refusal =
        catchThrowableOfType(
            Refusal.class,
            () -> calls.call(Upstream.BILLING, Place.CALL, false, () -> failing(writes, 1, lost)));

    assertThat(reads).hasValue(2);
    assertThat(writes).hasValue(1);
    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.retryAfterSeconds()).isPositive();
  }

  @Test
  void it_is_not_sent_a_third_time() {
    AtomicInteger tries = new AtomicInteger();

    catchThrowableOfType(
        Refusal.class,
        () ->
            calls.call(
                Upstream.BILLING,
                Place.CALL,
                true,
                () -> failing(tries, 2, new HttpHostConnectException("refused"))));

    assertThat(tries).hasValue(2);
  }

  private static ResponseEntity<String> failing(AtomicInteger tries, int times, IOException how) {
    if (tries.incrementAndGet() <= times) {
      throw new ResourceAccessException("call", how);
    }
    return answer();
  }

  private static ResponseEntity<String> slow(CountDownLatch begun, CountDownLatch answered) {
    begun.countDown();
    try {
      answered.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return answer();
  }

  private static ResponseEntity<String> answer() {
    return ResponseEntity.ok("done");
  }
}
