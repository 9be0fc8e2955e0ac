package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.ApiException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.RefundCreateParams;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class IdempotencyIT extends RunningSandbox {

  @Test
  void the_same_key_gets_the_same_answer_and_has_one_effect() throws Exception {
    Customer first = createCustomer("a@example.org", "key-1");
    Customer second = createCustomer("a@example.org", "key-1");

    assertThat(second.getId()).isEqualTo(first.getId());
    assertThat(second.getLastResponse().headers().firstValue("Idempotent-Replayed"))
        .contains("true");
    assertThat(second.getLastResponse().headers().firstValue("Original-Request"))
        .contains(first.getLastResponse().requestId());
    assertThat(client().v1().customers().list().getData()).hasSize(1);
  }

  @Test
  void the_same_key_with_other_parameters_is_refused() throws Exception {
    createCustomer("a@example.org", "key-1");

    assertThatThrownBy(() -> createCustomer("b@example.org", "key-1"))
        .isInstanceOf(IdempotencyException.class);
  }

  @Test
  void a_key_that_is_being_used_is_refused_and_the_client_may_try_again() throws Exception {
    try (Connection other = TestPostgres.running().database().getConnection()) {
      other.setAutoCommit(false);
      holdKey(other, "acct_1SandboxPlatform00/key-1");
      assertThatThrownBy(() -> createCustomer("a@example.org", "key-1"))
          .isInstanceOfSatisfying(
              ApiException.class,
              e -> {
                assertThat(e.getStatusCode()).isEqualTo(409);
                assertThat(e.getCode()).isEqualTo("idempotency_key_in_use");
              });
      other.rollback();
    }
    assertThat(createCustomer("a@example.org", "key-1").getId()).startsWith("cus_");
  }

  private static void holdKey(Connection connection, String scope) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
      lock.setString(1, scope);
      lock.execute();
    }
  }

  @Test
  void a_decline_is_stored_so_that_another_card_needs_another_key() throws Exception {
    assertThatThrownBy(() -> pay("pm_card_chargeDeclined", "key-1"))
        .isInstanceOfSatisfying(
            CardException.class, e -> assertThat(e.getDeclineCode()).isEqualTo("generic_decline"));
    assertThatThrownBy(() -> pay("pm_card_chargeDeclined", "key-1"))
        .isInstanceOf(CardException.class);
    assertThatThrownBy(() -> pay("pm_card_visa", "key-1")).isInstanceOf(IdempotencyException.class);

    assertThat(pay("pm_card_visa", "key-2").getStatus()).isEqualTo("succeeded");
    assertThat(client().v1().charges().list().getData())
        .extracting(Charge::getStatus)
        .containsExactly("succeeded", "failed");
  }

  private PaymentIntent pay(String method, String key) throws StripeException {
    return client()
        .v1()
        .paymentIntents()
        .create(
            PaymentIntentCreateParams.builder()
                .setAmount(2_000L)
                .setCurrency("eur")
                .setPaymentMethod(method)
                .setConfirm(true)
                .build(),
            RequestOptions.builder().setIdempotencyKey(key).build());
  }

  @Test
  void a_failure_of_a_request_that_had_begun_is_stored() {
    lever(
        "PUT",
        "faults",
        "[{\"path\": \"/v1/customers\", \"method\": \"POST\", \"times\": 1, \"kind\": \"saved-500\"}]");
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> createCustomer("a@example.org", "key-1"))
          .isInstanceOfSatisfying(
              ApiException.class, e -> assertThat(e.getStatusCode()).isEqualTo(500));
    }
  }

  @Test
  void a_failure_before_anything_was_done_is_not_stored() throws Exception {
    lever(
        "PUT",
        "faults",
        "[{\"path\": \"/v1/customers\", \"method\": \"POST\", \"times\": 1, \"kind\": \"500\"}]");
    assertThatThrownBy(() -> createCustomer("a@example.org", "key-1"))
        .isInstanceOf(ApiException.class);

    assertThat(createCustomer("a@example.org", "key-1").getId()).startsWith("cus_");
  }

  @Test
  void a_lost_answer_is_replayed_for_its_key() throws Exception {
    Charge charge = paidCharge(1_000, PAYS);
    lever("PUT", "faults", "[{\"path\": \"/v1/refunds\", \"times\": 1, \"kind\": \"drop-after\"}]");

    Answer lost =
        send(
            form("/v1/refunds", "charge=" + charge.getId() + "&amount=100")
                .header("Idempotency-Key", "key-1"));
    Refund refund =
        client()
            .v1()
            .refunds()
            .create(
                RefundCreateParams.builder().setCharge(charge.getId()).setAmount(100L).build(),
                RequestOptions.builder().setIdempotencyKey("key-1").build());

    assertThat(lost.status()).isIn(0, 200);
    assertThat(refund.getAmount()).isEqualTo(100);
    assertThat(client().v1().refunds().list().getData()).hasSize(1);
  }

  @Test
  void a_dropped_request_has_no_effect() throws Exception {
    lever(
        "PUT",
        "faults",
        "[{\"path\": \"/v1/customers\", \"times\": 2, \"kind\": \"drop-before\"}]");

    assertThat(send(form("/v1/customers", "email=a%40example.org")).status()).isZero();

    lever("PUT", "faults", "[]");
    assertThat(client().v1().customers().list().getData()).isEmpty();
  }

  @Test
  void a_refused_parameter_leaves_the_key_free() throws Exception {
    Answer refused = send(form("/v1/customers", "nonsense=1").header("Idempotency-Key", "key-1"));
    assertThat(refused.status()).isEqualTo(400);

    assertThat(createCustomer("a@example.org", "key-1").getId()).startsWith("cus_");
  }

  @Test
  void a_request_for_an_object_that_another_one_locks_gets_lock_timeout() throws Exception {
    Charge charge = paidCharge(1_000, PAYS);
    try (Connection other = TestPostgres.running().database().getConnection()) {
      other.setAutoCommit(false);
      try (PreparedStatement lock =
          other.prepareStatement("SELECT 1 FROM stripe_object WHERE id = ? FOR UPDATE")) {
        lock.setString(1, charge.getId());
        lock.execute();
      }
      assertThatThrownBy(() ->
              client()
                  .v1()
                  .refunds()
                  .create(RefundCreateParams.builder().setCharge(charge.getId()).build()))
          .isInstanceOfSatisfying(
              RateLimitException.class, e -> assertThat(e.getCode()).isEqualTo("lock_timeout"));
      other.rollback();
    }
    lever(
        "PUT",
        "faults",
        "[{\"path\": \"/v1/charges\", \"times\": 1, \"kind\": \"429\"}, {\"path\": \"/v1/charges\", \"times\": 1, \"kind\": \"409\"}]");
    assertThatThrownBy(() -> client().v1().charges().list()).isInstanceOf(RateLimitException.class);
    assertThatThrownBy(() -> client().v1().charges().list()).isInstanceOf(ApiException.class);
  }

  @Test
  void keys_are_at_most_255_characters() {
    Answer answer =
        send(form("/v1/customers", "name=Ann").header("Idempotency-Key", "k".repeat(256)));

    assertThat(answer.status()).isEqualTo(400);
  }

  private Customer createCustomer(String email, String key) throws StripeException {
    return client()
        .v1()
        .customers()
        .create(
            CustomerCreateParams.builder().setEmail(email).build(),
            RequestOptions.builder().setIdempotencyKey(key).build());
  }
}
