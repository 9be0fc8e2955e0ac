package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.accounts.ProfileEvent.ProfileChanged;
import io.cpdevents.contracts.billing.PaymentEvent.PaymentCancelled;
import io.cpdevents.contracts.registration.RegistrationEvent.HoldEndChanged;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.platform.test.sandbox.StripeConnection.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CheckoutIT extends BillingJourney {

  private static final int CROWD = 48;
  private static final int MAX_PAGES_AN_HOUR = 10;

  /** After this, less is left of a page's 40 minutes than the 30 that Stripe wants. */
  private static final Duration UNTIL_REFUSED_AS_TOO_OLD = Duration.ofMinutes(11);

  @Test
  void a_held_registration_gets_a_payment_with_its_fee() {
    Held held = hold("CAD", 10_000, 5_000);
    UUID payment = paymentOf(held);
    Answer own = get("/api/v1/payments/" + payment, TestTokens.bearer(held.accountId()));
    assertThat(own.body().path("status").asString()).isEqualTo("awaiting-payment");
    assertThat(own.body().path("amount").path("amountMinor").asLong()).isEqualTo(15_000);
    assertThat(own.body().path("refundable").path("amountMinor").asLong()).isZero();
    assertThat(own.body().has("platformFee")).isFalse();

    String owner =
        TestTokens.bearer(Ids.next(), Set.of(), Map.of(held.organizationId(), "finance"));
    Answer seen = get("/api/v1/payments/" + payment, owner);
    assertThat(seen.body().path("platformFee").path("amountMinor").asLong()).isEqualTo(850);
    assertThat(seen.body().path("lines").get(0).path("platformFee").path("amountMinor").asLong())
        .isEqualTo(567);
  }

  @Test
  void a_payment_is_shown_to_those_whom_it_concerns() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String one = "/api/v1/payments/" + payment;
    String all = "/api/v1/organizations/" + held.organizationId() + "/payments";
    String stranger = TestTokens.bearer(Ids.next());
    String staff = TestTokens.bearer(Ids.next(), Set.of(), Map.of(held.organizationId(), "staff"));
    String admin = TestTokens.bearer(Ids.next(), Set.of(), Map.of(held.organizationId(), "admin"));
    assertThat(get(one, null).status()).isEqualTo(401);
    assertThat(get(one, stranger).code()).isEqualTo("payment-not-found");
    assertThat(get(one, staff).code()).isEqualTo("role-missing");
    assertThat(get(one, admin).status()).isEqualTo(200);
    assertThat(get(one, finance()).status()).isEqualTo(200);
    assertThat(get(all, stranger).code()).isEqualTo("organization-not-found");
    assertThat(get(all, staff).code()).isEqualTo("role-missing");
    assertThat(get(all, admin).body().path("data")).hasSize(1);
    String support = TestTokens.bearer(Ids.next(), Set.of("platform-support"), Map.of());
    assertThat(get(one, support).status()).isEqualTo(200);
    assertThat(get(all, support).body().path("data")).hasSize(1);
    assertThat(post(one + "/refund-preview", support, "{}").code()).isEqualTo("payment-not-found");
    assertThat(
            get("/api/v1/payments?registrationId=" + held.registrationId(), stranger)
                .body()
                .path("data"))
        .isEmpty();
    assertThat(checkout(Ids.next(), payment).code()).isEqualTo("payment-not-found");
    for (String path : List.of("accounts", "journals", "breaks")) {
      assertThat(get("/api/v1/finance/" + path, admin).code()).isEqualTo("role-missing");
      assertThat(get("/api/v1/finance/" + path, finance()).status()).isEqualTo(200);
    }
  }

  @Test
  void payments_are_listed_by_state_event_and_time() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String list = "/api/v1/organizations/" + held.organizationId() + "/payments?";
    Instant now = clock.instant();
    for (String filter :
        List.of(
            "status=awaiting-payment",
            "eventId=" + held.eventId(),
            "from=" + now.minusSeconds(600) + "&to=" + now.plusSeconds(600))) {
      JsonNode found = get(list + filter, finance()).body().path("data");
      assertThat(found).as(filter).hasSize(1);
      assertThat(found.at("/0/id").asString()).isEqualTo(payment.toString());
    }
    for (String filter :
        List.of(
            "status=captured",
            "eventId=" + Ids.next(),
            "from=" + now.plusSeconds(600),
            "to=" + now.minusSeconds(600))) {
      assertThat(get(list + filter, finance()).body().path("data")).as(filter).isEmpty();
    }
    for (String filter : List.of("status=x", "eventId=x", "to=%2B1000000000-12-31T23:59:59Z")) {
      assertThat(get(list + filter, finance()).code()).as(filter).isEqualTo("invalid-request");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "11", "x", "99999999999"})
  void waiting_has_a_limit(String seconds) {
    Answer answer =
        get(
            "/api/v1/payments?registrationId=" + Ids.next() + "&waitSeconds=" + seconds,
            TestTokens.bearer(Ids.next()));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("invalid-request");
  }

  @Test
  void six_parallel_clicks_open_one_page() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    List<Answer> answers = AtOnce.times(6, () -> checkout(held.accountId(), payment));
    assertThat(answers).allMatch(answer -> answer.status() == 201);
    assertThat(answers.stream().map(answer -> answer.body().path("url").asString()).distinct())
        .hasSize(1);
    assertThat(connection.requests("checkout:" + payment)).hasSize(1);
  }

  @Test
  void the_page_tells_tickets_of_different_prices_apart() {
    Held held = hold("CAD", 10_000, 4_000, 10_000);

    JsonNode lines =
        stripe.show("checkout/sessions/" + openSession(held, paymentOf(held)) + "/line_items");

    assertThat(lines.path("data"))
        .extracting(line ->
            "%d × %s: %d"
                .formatted(
                    line.path("quantity").asInt(),
                    line.path("description").asString(),
                    line.path("amount_total").asLong()))
        .containsExactly("2 × Standard - Wound care: 20000", "1 × Standard - Wound care: 4000");
  }

  @Test
  void the_customer_is_made_once_with_the_address() {
    Held held = hold("CAD", 10_000);
    facts.tell(
        new ProfileChanged(
            held.accountId(), 1, "ada@example.com", "Ada", "en-CA", "America/Toronto", true));
    await()
        .atMost(EVENTUALLY)
        .until(() ->
            jdbc.sql("SELECT count(*) FROM account_email WHERE account_id = :id")
                    .param("id", held.accountId())
                    .query(Long.class)
                    .single()
                == 1);
    String session = openSession(held, paymentOf(held));
    assertThat(connection.requests("customer:" + held.accountId() + ":1")).hasSize(1);
    String customer = stripe.show("checkout/sessions/" + session).path("customer").asString();
    assertThat(stripe.show("customers/" + customer).path("email").asString())
        .isEqualTo("ada@example.com");
  }

  @Test
  void a_lost_answer_is_asked_for_again_under_the_same_key() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    // The JDK sends a POST whose connection broke once more by itself.
    stripe.loseAnswers("POST", "/v1/checkout/sessions", 2);
    Answer lost = checkout(held.accountId(), payment);
    assertThat(lost.code()).isEqualTo("stripe-unavailable");
    assertThat(lost.header("X-Cpd-Unavailable"))
        .as("by which the gateway knows that billing is well")
        .isEqualTo("stripe-unavailable");
    assertThat(checkout(held.accountId(), payment).status()).isEqualTo(201);
    assertThat(connection.requests("checkout:" + payment + ":1")).hasSize(3);
    assertThat(connection.requests("checkout:" + payment + ":2")).isEmpty();
  }

  @Test
  void a_refused_page_is_followed_by_the_next_attempt() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    connection.failNext("POST /v1/checkout/sessions", Failure.REFUSAL);
    assertThat(checkout(held.accountId(), payment).code()).isEqualTo("checkout-refused");
    assertThat(checkout(held.accountId(), payment).status()).isEqualTo(201);
    assertThat(connection.requests("checkout:" + payment + ":2")).hasSize(1);
  }

  @Test
  void a_saved_request_that_has_become_too_old_is_followed_by_the_next_attempt_at_once() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    connection.failNext("POST /v1/checkout/sessions", Failure.RATE_LIMIT);
    assertThat(checkout(held.accountId(), payment).code()).isEqualTo("stripe-unavailable");
    advanceClocks(UNTIL_REFUSED_AS_TOO_OLD);
    assertThat(checkout(held.accountId(), payment).status()).isEqualTo(201);
    assertThat(connection.requests("checkout:" + payment + ":1")).hasSize(2);
    assertThat(connection.requests("checkout:" + payment + ":2")).hasSize(1);
  }

  @Test
  void a_new_request_that_is_refused_after_an_old_one_is_refused() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    connection.failNext("POST /v1/checkout/sessions", Failure.RATE_LIMIT);
    assertThat(checkout(held.accountId(), payment).code()).isEqualTo("stripe-unavailable");
    advanceClocks(UNTIL_REFUSED_AS_TOO_OLD);
    connection.failNext("checkout:" + payment + ":2", Failure.REFUSAL);
    assertThat(checkout(held.accountId(), payment).code()).isEqualTo("checkout-refused");
  }

  @Test
  void a_failure_that_stripe_has_stored_for_the_page_is_followed_by_the_next_attempt() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    stripe.storeFailures("POST", "/v1/checkout/sessions", 1);
    assertThat(checkout(held.accountId(), payment).code()).isEqualTo("stripe-unavailable");
    assertThat(checkout(held.accountId(), payment).status()).isEqualTo(201);
    assertThat(connection.requests("checkout:" + payment + ":2")).hasSize(1);
  }

  @Test
  void a_failure_that_stripe_has_stored_for_the_customer_is_followed_by_the_next_attempt() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    stripe.storeFailures("POST", "/v1/customers", 1);
    assertThat(checkout(held.accountId(), payment).code()).isEqualTo("stripe-unavailable");
    assertThat(checkout(held.accountId(), payment).status()).isEqualTo(201);
    assertThat(connection.requests("customer:" + held.accountId() + ":2")).hasSize(1);
  }

  @Test
  void a_page_that_was_given_up_before_stripe_answered_is_closed_and_nobody_is_sent_there() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    stripe.delayAnswers("POST", "/v1/checkout/sessions", 1, Duration.ofSeconds(3));
    AtOnce.Crowd<Answer> slow = AtOnce.begin(1, () -> checkout(held.accountId(), payment));
    // As somebody does who has asked the same and was answered with a failure.
    await().atMost(EVENTUALLY).until(() -> giveUpCheckout(payment) == 1);
    String url = slow.results().getFirst().expect(201).body().path("url").asString();
    assertThat(stripe.sessionOf(url)).isEqualTo(sessionOfAttempt(payment, 2));
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() ->
            assertThat(
                    stripe
                        .show("checkout/sessions/" + sessionOfAttempt(payment, 1))
                        .path("status")
                        .asString())
                .isEqualTo("expired"));
  }

  private int giveUpCheckout(UUID payment) {
    return jdbc.sql(
            """
            UPDATE checkout SET status = 'failed', claimed_until = NULL
            WHERE payment_id = :payment AND status = 'requested'
            """)
        .param("payment", payment)
        .update();
  }

  private String sessionOfAttempt(UUID payment, int attempt) {
    return jdbc.sql(
            """
            SELECT stripe_session_id FROM checkout
            WHERE payment_id = :payment AND attempt = :attempt
            """)
        .param("payment", payment)
        .param("attempt", attempt)
        .query(String.class)
        .single();
  }

  @Test
  void an_expired_page_is_followed_by_the_next_attempt() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String session = openSession(held, payment);
    stripe.abandon(session);
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() -> assertThat(openSession(held, payment)).isNotEqualTo(session));
    assertThat(connection.requests("checkout:" + payment + ":2")).hasSize(1);
  }

  @Test
  void who_wants_to_return_to_other_addresses_gets_another_page_and_the_first_is_closed() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String first = openSession(held, payment);
    String path = "/api/v1/payments/" + payment + "/checkout";
    String elsewhere =
        """
        {"successUrl": "http://localhost:8080/thanks", "cancelUrl": "http://localhost:8080/back"}
        """;
    String bearer = TestTokens.bearer(held.accountId());
    String url = post(path, bearer, elsewhere).expect(201).text("url");
    assertThat(stripe.sessionOf(url)).isNotEqualTo(first);
    assertThat(post(path, bearer, elsewhere).expect(201).text("url")).isEqualTo(url);
    assertThat(stripe.show("checkout/sessions/" + first).path("status").asString())
        .isEqualTo("expired");
    assertThat(connection.requests("checkout:" + payment + ":2")).hasSize(1);
    JsonNode second = stripe.show("checkout/sessions/" + stripe.sessionOf(url));
    assertThat(second.path("success_url").asString()).isEqualTo("http://localhost:8080/thanks");
    assertThat(second.path("status").asString()).isEqualTo("open");
  }

  @Test
  void a_crowd_of_which_each_wants_to_return_elsewhere_keeps_nobody_from_stripe() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    openSession(held, payment);
    Held other = hold("CAD", 10_000);
    UUID paymentOfOther = paymentOf(other);

    List<Answer> answers =
        AtOnce.numbered(CROWD, number -> elsewhere(held.accountId(), payment, number));

    assertThat(connection.requests("checkout:" + payment + ":"))
        .as("pages that Stripe was asked for")
        .hasSizeLessThanOrEqualTo(MAX_PAGES_AN_HOUR);
    assertThat(connection.requests("/expire"))
        .as("pages that Stripe was asked to close")
        .hasSizeLessThan(MAX_PAGES_AN_HOUR);
    assertThat(answers).anyMatch(answer -> answer.status() == 201);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .isNotEmpty()
        .allMatch(answer ->
            answer.code().equals("in-progress") || answer.code().equals("too-many-requests"));
    assertThat(checkout(other.accountId(), paymentOfOther).status()).isEqualTo(201);
  }

  @Test
  void after_many_pages_there_is_no_other_one_for_a_while() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    for (int page = 0; page < MAX_PAGES_AN_HOUR; page++) {
      elsewhere(held.accountId(), payment, page).expect(201);
    }

    Answer refused =
        elsewhere(held.accountId(), payment, MAX_PAGES_AN_HOUR).refused(429, "too-many-requests");

    assertThat(refused.header("Retry-After")).isEqualTo("300");
    elsewhere(held.accountId(), payment, MAX_PAGES_AN_HOUR - 1).expect(201);
  }

  private Answer elsewhere(UUID accountId, UUID payment, int number) {
    return post(
        "/api/v1/payments/" + payment + "/checkout",
        TestTokens.bearer(accountId),
        """
        {"successUrl": "http://localhost:8080/done?n=%d", "cancelUrl": "http://localhost:8080/back"}
        """
            .formatted(number));
  }

  @Test
  void what_is_paid_or_over_cannot_be_paid_again() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    paid(held, payment);
    assertThat(checkout(held.accountId(), payment).code()).isEqualTo("payment-captured");

    Held expired = hold("CAD", 10_000);
    UUID over = paymentOf(expired);
    String session = openSession(expired, over);
    facts.tell(
        new RegistrationExpired(
            expired.registrationId(),
            expired.accountId(),
            expired.eventId(),
            expired.organizationId(),
            clock.instant()));
    awaitStatus(expired, over, "cancelled");
    assertThat(checkout(expired.accountId(), over).code()).isEqualTo("payment-cancelled");
    events.await(PaymentCancelled.class, event -> event.paymentId().equals(over));
    await()
        .atMost(EVENTUALLY)
        .untilAsserted(() ->
            assertThat(stripe.show("checkout/sessions/" + session).path("status").asString())
                .isEqualTo("expired"));
  }

  @Test
  void when_the_hold_is_over_there_is_no_page() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    clock.advance(HOLD);
    try {
      assertThat(checkout(held.accountId(), payment).code()).isEqualTo("hold-expired");
    } finally {
      clock.advance(Duration.ZERO.minus(HOLD));
    }
  }

  @Test
  void a_hold_that_was_made_longer_is_paid_for_as_long_as_it_lasts() {
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    Instant longer = clock.instant().plus(HOLD).plus(Duration.ofMinutes(10));
    facts.tell(
        new HoldEndChanged(
            held.registrationId(),
            held.accountId(),
            held.eventId(),
            held.organizationId(),
            payment,
            longer,
            clock.instant()));
    await().atMost(EVENTUALLY).until(() -> holdEnd(held, payment).equals(longer));
    clock.advance(HOLD);
    try {
      assertThat(checkout(held.accountId(), payment).status()).isEqualTo(201);
    } finally {
      clock.advance(Duration.ZERO.minus(HOLD));
    }
  }

  private Instant holdEnd(Held held, UUID payment) {
    return Instant.parse(
        get("/api/v1/payments/" + payment, TestTokens.bearer(held.accountId()))
            .body()
            .path("holdExpiresAt")
            .asString());
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example/, http://localhost:8080/, successUrl, not-allowed",
    "http://localhost:8080/, http://localhost:8081/, cancelUrl, not-allowed",
    "http://localhost:8080/, nonsense, cancelUrl, wrong-format",
  })
  void buyers_are_sent_back_to_us_only(
      String successUrl, String cancelUrl, String field, String code) {
    Answer answer =
        post(
            "/api/v1/payments/" + Ids.next() + "/checkout",
            TestTokens.bearer(Ids.next()),
            "{\"successUrl\": \"%s\", \"cancelUrl\": \"%s\"}".formatted(successUrl, cancelUrl));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("errors").get(0).path("field").asString()).isEqualTo(field);
    assertThat(answer.body().path("errors").get(0).path("code").asString()).isEqualTo(code);
  }
}
