package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Charge;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.RefundCreateParams;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RequestIT extends RunningSandbox {

  @Test
  void every_post_is_shown_with_its_path_and_key() throws Exception {
    Charge charge = paidCharge(10_000, "4242424242424242");
    refund(charge, 4_000, "refund-1");
    refund(charge, 4_000, "refund-1");

    assertThat(posts("refund-0")).containsExactly("/v1/refunds refund-1");
    assertThat(posts("refund-1")).isEmpty();
  }

  @Test
  void what_stripe_would_refuse_in_any_state_is_shown() throws Exception {
    Charge charge = paidCharge(10_000, "4242424242424242");
    refund(charge, 10_000, "refund-1");
    assertThatThrownBy(() -> refund(charge, 1, "refund-2"))
        .isInstanceOf(InvalidRequestException.class);
    assertThatThrownBy(() -> client().v1().customers().retrieve("cus_nobody"))
        .isInstanceOf(InvalidRequestException.class);
    assertThat(illegalRequests()).isEmpty();

    assertThat(send(form("/v1/customers", "emial=a@example.org")).status()).isEqualTo(400);
    assertThat(send(api("/v1/climate/orders").GET()).status()).isEqualTo(404);
    customer("a@example.org");
    assertThat(
            send(form("/v1/customers", "email=b@example.org").header("Idempotency-Key", "key-1"))
                .status())
        .isEqualTo(400);

    assertThat(illegalRequests())
        .containsExactly(
            "POST /v1/customers 400", "GET /v1/climate/orders 404", "POST /v1/customers 400");
  }

  private void customer(String email) throws Exception {
    client()
        .v1()
        .customers()
        .create(
            CustomerCreateParams.builder().setEmail(email).build(),
            RequestOptions.builder().setIdempotencyKey("key-1").build());
  }

  private void refund(Charge charge, long amount, String key) throws Exception {
    client()
        .v1()
        .refunds()
        .create(
            RefundCreateParams.builder().setCharge(charge.getId()).setAmount(amount).build(),
            RequestOptions.builder().setIdempotencyKey(key).build());
  }

  private List<String> posts(String after) {
    return lever("GET", "posts?after=" + after, "")
        .json()
        .path("data")
        .valueStream()
        .map(post -> post.path("path").asString() + " " + post.path("idempotencyKey").asString())
        .toList();
  }

  private List<String> illegalRequests() {
    return lever("GET", "illegal-requests", "")
        .json()
        .path("data")
        .valueStream()
        .map(RequestIT::line)
        .toList();
  }

  private static String line(JsonNode request) {
    return "%s %s %d"
        .formatted(
            request.path("method").asString(),
            request.path("path").asString(),
            request.path("status").asInt());
  }
}
