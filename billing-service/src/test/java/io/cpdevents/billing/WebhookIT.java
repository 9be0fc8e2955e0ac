package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.TestTokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookIT extends BillingJourney {

  private static final int BURST = 500;

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"t=abc", "t", "v1", "t,v1", "t=1,v1=x", "=", ",,,", "t=1800000000"})
  void a_junk_signature_is_a_bad_request(@Nullable String signature) {
    for (String path : List.of("/webhooks/stripe", "/webhooks/stripe-connect")) {
      Answer answer = webhook(path, "{}".getBytes(StandardCharsets.UTF_8), signature);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.contentType()).startsWith("application/problem+json");
      assertThat(answer.code()).isEqualTo("signature-invalid");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "1",
        "\"x\"",
        "{",
        "{}",
        "{\"id\": null, \"type\": \"x\"}",
        "{\"id\": 1, \"type\": \"x\"}",
        "{\"id\": \"evt_1\"}",
        "{\"id\": \"evt_\\u0000\", \"type\": \"x\"}",
        "{\"id\": \"evt_1\", \"type\": {}}",
        "\u0000",
      })
  void a_junk_body_that_is_signed_is_a_bad_request(String body) {
    Answer answer = webhook(body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("payload-invalid");
  }

  @Test
  void a_deep_or_strange_body_breaks_nothing() {
    assertThat(webhook("[".repeat(50_000)).status()).isEqualTo(400);
    byte[] notUtf8 = {(byte) 0xff, (byte) 0xfe, '{', '}'};
    assertThat(webhook("/webhooks/stripe", notUtf8, "t=1,v1=2").status()).isEqualTo(400);
    assertThat(webhook("checkout.session.completed", Map.of("id", 7)).status()).isEqualTo(204);
    assertThat(webhook("payment_intent.succeeded", Map.of()).status()).isEqualTo(204);
    assertThat(webhook("\u0007 \uD83D\uDE00", Map.of("id", "x")).status()).isEqualTo(204);
    byte[] large = new byte[2 * 1024 * 1024];
    assertThat(webhook("/webhooks/stripe", large, "t=1,v1=2").status()).isEqualTo(413);
  }

  @Test
  void the_other_endpoints_secret_does_not_do() {
    String body = event("evt_" + Ids.next(), "account.updated", Map.of("id", "acct_1"));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    assertThat(webhook("/webhooks/stripe-connect", bytes, signature(body)).code())
        .isEqualTo("signature-invalid");
  }

  @Test
  void a_type_that_makes_no_difference_is_kept_and_ignored() {
    String id = "evt_" + Ids.next();
    webhook(event(id, "customer.updated", Map.of("id", "cus_1", "client_secret", "cs_secret_x")));
    assertThat(state(id)).isEqualTo("IGNORED");
    assertThat(
            jdbc.sql("SELECT payload FROM stripe_event WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .single())
        .contains("cus_1")
        .doesNotContain("cs_secret_x");
  }

  @Test
  void an_event_that_cannot_be_applied_is_parked_and_replayed() {
    String intent = "pi_missing_" + Ids.next();
    String id = "evt_" + Ids.next();
    webhook(event(id, "payment_intent.succeeded", Map.of("id", intent)));
    await().atMost(EVENTUALLY).until(() -> failures(id) > 0);
    jdbc.sql("UPDATE stripe_event SET failures = 7 WHERE id = :id").param("id", id).update();
    await().atMost(EVENTUALLY).until(() -> state(id).equals("PARKED"));
    String path = "/api/v1/ops/billing/stripe-events";
    assertThat(get(path, finance()).body().path("data").toString()).contains(intent);
    assertThat(post(path + "/" + id + "/replay", TestTokens.bearer(Ids.next()), "{}").status())
        .isEqualTo(403);
    assertThat(post(path + "/" + id + "/replay", finance(), "{}").status()).isEqualTo(204);
    assertThat(post(path + "/" + Ids.next() + "/replay", finance(), "{}").status()).isEqualTo(404);
    await().atMost(EVENTUALLY).until(() -> failures(id) > 0);
  }

  @Test
  void a_burst_is_kept_whole() throws Exception {
    List<Answer> answers = atOnce(BURST, () -> webhook("invoice.created", Map.of("id", "burst")));
    assertThat(answers).allMatch(answer -> answer.status() == 204);
    assertThat(
            jdbc.sql("SELECT count(*) FROM stripe_event WHERE type = 'invoice.created'")
                .query(Long.class)
                .single())
        .isEqualTo(BURST);
  }

  private String state(String id) {
    return jdbc.sql("SELECT state FROM stripe_event WHERE id = :id")
        .param("id", id)
        .query(String.class)
        .single();
  }

  private int failures(String id) {
    return jdbc.sql("SELECT failures FROM stripe_event WHERE id = :id")
        .param("id", id)
        .query(Integer.class)
        .single();
  }
}
