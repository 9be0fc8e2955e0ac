package io.cpdevents.platform.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.PermissionException;
import com.stripe.exception.StripeException;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.test.AtOnce;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

class StripeCallsTest {

  /** More than the breaker looks at. */
  private static final int MANY = 30;

  private static final int REFUNDS_PER_SECOND = 20;

  private final StripeCalls calls =
      new StripeCalls(
          BulkheadRegistry.ofDefaults(),
          CircuitBreakerRegistry.ofDefaults(),
          RateLimiterRegistry.ofDefaults(),
          new StripeSettings(
              "http://127.0.0.1:1", "sk_test_local", "", "", "", REFUNDS_PER_SECOND));

  @AfterEach
  void end() {
    calls.destroy();
  }

  @Test
  void accounts_that_were_disconnected_keep_nobody_from_stripe_however_many_are_asked_for() {
    failManyTimes(Disconnected.CODE);

    assertThat(calls.make("get account", () -> "answer")).isEqualTo("answer");
  }

  @Test
  void a_key_that_stripe_does_not_take_keeps_everybody_from_it() {
    failManyTimes("secret_key_required");

    assertThatThrownBy(() -> calls.make("get account", () -> "answer"))
        .isInstanceOf(StripeBusy.class);
  }

  @Test
  void refunds_are_asked_for_as_often_as_stripe_allows_and_no_oftener() {
    long began = System.nanoTime();

    for (int i = 0; i < 2 * REFUNDS_PER_SECOND + 1; i++) {
      calls.makeRefund("create refund", () -> "answer");
    }

    // The last one is in the third second, wherever in the first one the first was.
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void a_caller_has_a_few_calls_under_way_and_keeps_nobody_else_from_stripe() throws Exception {
    JwtAuthenticationToken attacker = person();
    CountDownLatch begun = new CountDownLatch(CallsOfCallers.MAX_CALLS_OF_CALLER);
    CountDownLatch answered = new CountDownLatch(1);
    AtOnce.Crowd<String> crowd =
        AtOnce.begin(MANY, () -> as(attacker, () -> makeSlowly(begun, answered)));
    begun.await();

    assertThat(as(person(), () -> calls.make("create session", () -> "answer")))
        .isEqualTo("answer");
    assertThat(calls.make("of a job", () -> "answer")).isEqualTo("answer");
    assertThatThrownBy(() -> as(attacker, () -> calls.make("create session", () -> "answer")))
        .isInstanceOf(StripeBusy.class);
    answered.countDown();
    assertThat(crowd.results())
        .filteredOn("answer"::equals)
        .hasSize(CallsOfCallers.MAX_CALLS_OF_CALLER);
    assertThat(as(attacker, () -> calls.make("create session", () -> "answer")))
        .isEqualTo("answer");
  }

  @Test
  void however_many_people_call_at_once_jobs_and_webhooks_keep_their_half() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    AtomicInteger underWay = new AtomicInteger();
    AtOnce.Crowd<String> crowd =
        AtOnce.begin(
            2 * StripeCalls.MAX_CONCURRENT_CALLS_OF_PEOPLE,
            () ->
                as(
                    person(),
                    () ->
                        calls.make(
                            "create session",
                            () -> {
                              underWay.incrementAndGet();
                              await(answered);
                              return "answer";
                            })));
    Awaitility.await().until(() -> underWay.get() == StripeCalls.MAX_CONCURRENT_CALLS_OF_PEOPLE);

    for (int i = 0; i < StripeCalls.MAX_CONCURRENT_CALLS_OF_PEOPLE; i++) {
      assertThat(calls.make("of a job", () -> "answer")).isEqualTo("answer");
    }
    assertThat(underWay).hasValue(StripeCalls.MAX_CONCURRENT_CALLS_OF_PEOPLE);
    answered.countDown();
    assertThat(crowd.results())
        .hasSize(2 * StripeCalls.MAX_CONCURRENT_CALLS_OF_PEOPLE)
        .containsOnly("answer");
  }

  @Test
  void callers_take_turns_however_many_calls_each_wants() {
    CallsOfCallers calls = new CallsOfCallers(4, Duration.ofSeconds(1));
    List<JwtAuthenticationToken> many = Stream.generate(StripeCallsTest::person).limit(4).toList();
    AtOnce.Crowd<String> crowd =
        AtOnce.begin(
            80,
            () -> {
              JwtAuthenticationToken one = many.get(next.getAndIncrement() % many.size());
              return as(one, () -> takesAMoment(calls));
            });
    Awaitility.await().until(() -> next.get() == 80);

    assertThat(as(person(), () -> takesAMoment(calls))).isEqualTo("answer");
    assertThat(crowd.results()).contains("answer", "busy");
  }

  private final AtomicInteger next = new AtomicInteger();

  private static String takesAMoment(CallsOfCallers calls) {
    try {
      return calls.make(
          "create session",
          () -> {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            return "answer";
          });
    } catch (StripeBusy busy) {
      return "busy";
    }
  }

  @Test
  void where_few_calls_are_left_nobody_gets_all_of_them() {
    CallsOfCallers few = new CallsOfCallers(5, Duration.ofMillis(1));
    JwtAuthenticationToken many = person();
    JwtAuthenticationToken one = person();

    // Each asks again while their call before is under way.
    assertThat(deep(few, many, 4)).isEqualTo(3);
    assertThat(
            as(many, () -> few.make("first", () -> as(one, () -> few.make("other", () -> "ok")))))
        .isEqualTo("ok");
    assertThat(deep(few, one, 4)).as("all is given back").isEqualTo(3);
  }

  /** How many calls of one caller are under way at once, when each makes the next. */
  private static int deep(CallsOfCallers calls, JwtAuthenticationToken caller, int left) {
    SecurityContextHolder.getContext().setAuthentication(caller);
    try {
      return calls.make("call", () -> left == 1 ? 1 : 1 + deep(calls, caller, left - 1));
    } catch (StripeBusy busy) {
      return 0;
    } finally {
      SecurityContextHolder.clearContext();
    }
  }

  private String makeSlowly(CountDownLatch begun, CountDownLatch answered) {
    try {
      return calls.make(
          "create session",
          () -> {
            begun.countDown();
            await(answered);
            return "answer";
          });
    } catch (StripeBusy busy) {
      return "busy";
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static JwtAuthenticationToken person() {
    return new JwtAuthenticationToken(
        Jwt.withTokenValue("token")
            .header("alg", "none")
            .subject(UUID.randomUUID().toString())
            .claim(Caller.CLAIM_SESSION, UUID.randomUUID().toString())
            .build());
  }

  private static String as(JwtAuthenticationToken caller, Supplier<String> request) {
    SecurityContextHolder.getContext().setAuthentication(caller);
    try {
      return request.get();
    } finally {
      SecurityContextHolder.clearContext();
    }
  }

  private void failManyTimes(String code) {
    for (int i = 0; i < MANY; i++) {
      assertThatThrownBy(() -> calls.make("get account", () -> refuse(code)))
          .isInstanceOf(StripeUnavailable.class);
    }
  }

  private static String refuse(String code) throws StripeException {
    throw new PermissionException("no access", "req_1", code, Disconnected.STATUS);
  }
}
