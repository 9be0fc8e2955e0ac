package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.WebhookEndpoint;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.WebhookEndpointCreateParams;
import com.stripe.param.WebhookEndpointCreateParams.ApiVersion;
import com.stripe.param.WebhookEndpointCreateParams.EnabledEvent;
import com.stripe.param.WebhookEndpointUpdateParams;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WebhookEndpointIT extends RunningSandbox {

  @Test
  void an_endpoint_gets_the_events_it_is_subscribed_to_signed_with_the_secret_of_its_creation()
      throws Exception {
    try (WebhookReceiver other = new WebhookReceiver("whsec_unknown")) {
      WebhookEndpoint endpoint = createEndpoint(other.url(), EnabledEvent.CUSTOMER__CREATED);
      assertThat(endpoint.getSecret()).startsWith("whsec_");
      assertThat(endpoint.getApiVersion()).isEqualTo("2026-07-29.dahlia");
      assertThat(endpoint.getStatus()).isEqualTo("enabled");
      assertThat(client().v1().webhookEndpoints().retrieve(endpoint.getId()).getSecret()).isNull();

      createCustomer();

      // The receiver expects another secret, so it refuses deliveries that are signed with this
      // one.
      await().atMost(MAX_WAIT_TIME).until(() -> !other.badSignatures().isEmpty());
      await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().contains("customer.created"));
      client().v1().webhookEndpoints().delete(endpoint.getId());
    }
    assertThat(RECEIVER.badSignatures()).isEmpty();
  }

  @Test
  void a_receiver_that_starts_later_registers_with_a_secret_of_its_own() throws Exception {
    try (WebhookReceiver other = new WebhookReceiver("whsec_mine")) {
      register(other, "whsec_wrong", "[\"*\"]", false);
      JsonNode endpoint = register(other, "whsec_mine", "[\"customer.updated\"]", false);
      assertThat(client().v1().webhookEndpoints().list().getData()).hasSize(1);
      assertThat(endpoint.has("secret")).isFalse();

      String customer = createCustomer();
      client().v1().customers().update(customer, updateName());

      await().atMost(MAX_WAIT_TIME).until(() -> other.types().equals(List.of("customer.updated")));
      assertThat(other.badSignatures()).isEmpty();
    }
  }

  @Test
  void an_endpoint_for_connected_accounts_gets_no_events_of_the_platform() throws Exception {
    try (WebhookReceiver connect = new WebhookReceiver("whsec_connect")) {
      register(connect, "whsec_connect", "[\"*\"]", true);

      createCustomer();

      await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().contains("customer.created"));
      assertThat(onlyEvent().getPendingWebhooks()).isZero();
      assertThat(connect.posts()).isZero();
    }
  }

  @Test
  void an_event_counts_the_endpoints_that_have_not_accepted_it() throws Exception {
    try (WebhookReceiver other = new WebhookReceiver("whsec_mine")) {
      other.refuseNext(Integer.MAX_VALUE);
      register(other, "whsec_mine", "[\"*\"]", false);

      createCustomer();

      await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.types().contains("customer.created"));
      assertThat(RECEIVER.events().getFirst().getPendingWebhooks()).isEqualTo(2);
      await().atMost(MAX_WAIT_TIME).until(() -> onlyEvent().getPendingWebhooks() == 1);
      assertThat(undelivered()).hasSize(1);
      other.refuseNext(0);
      await().atMost(MAX_WAIT_TIME).until(() -> onlyEvent().getPendingWebhooks() == 0);
      assertThat(undelivered()).isEmpty();
    }
  }

  @Test
  void a_dropped_event_that_is_redelivered_counts_as_delivered() throws Exception {
    lever("PUT", "webhook-faults", "{\"drop\": true, \"times\": 1}");
    createCustomer();
    assertThat(undelivered()).hasSize(1);

    lever("POST", "webhooks/redeliver", "{\"since\": 0}");

    await().atMost(MAX_WAIT_TIME).until(() -> undelivered().isEmpty());
  }

  @Test
  void nothing_is_posted_to_an_endpoint_that_is_disabled_or_deleted() throws Exception {
    try (WebhookReceiver other = new WebhookReceiver("whsec_mine")) {
      other.refuseNext(Integer.MAX_VALUE);
      String id = register(other, "whsec_mine", "[\"*\"]", false).get("id").asString();
      createCustomer();
      await().atMost(MAX_WAIT_TIME).until(() -> other.posts() > 0);

      WebhookEndpoint disabled =
          client()
              .v1()
              .webhookEndpoints()
              .update(id, WebhookEndpointUpdateParams.builder().setDisabled(true).build());

      assertThat(disabled.getStatus()).isEqualTo("disabled");
      await()
          .atMost(MAX_WAIT_TIME)
          .until(() -> state().get("deliveries").get("pending").asInt() == 0);
      createCustomer();
      assertThat(state().get("deliveries").get("dropped").asInt()).isEqualTo(1);
      assertThat(client().v1().webhookEndpoints().delete(id).getDeleted()).isTrue();
      assertThatThrownBy(() -> client().v1().webhookEndpoints().retrieve(id))
          .isInstanceOfSatisfying(
              InvalidRequestException.class, e -> assertThat(e.getStatusCode()).isEqualTo(404));
    }
  }

  @Test
  void an_invalid_endpoint_is_refused() throws Exception {
    String url = "url=https%3A%2F%2Fshop.example%2Fhooks";
    assertParam("enabled_events[0]=customer.created", "url");
    assertParam(url, "enabled_events");
    assertParam(url + "&enabled_events[0]=customer.eaten", "enabled_events[0]");
    assertParam(url + "&enabled_events[0]=*&api_version=2024-06-20", "api_version");
    assertParam("url=nowhere&enabled_events[0]=*", "url");
    for (int i = 0; i < 16; i++) {
      createEndpoint("https://shop.example/" + i, EnabledEvent.ALL);
    }
    assertThatThrownBy(() -> createEndpoint("https://shop.example/16", EnabledEvent.ALL))
        .hasMessageContaining("maximum of 16");
    assertThat(lever("PUT", "webhook-endpoints", "{\"url\": \"http://a.b/c\"}").status())
        .isEqualTo(400);
  }

  @Test
  void the_same_key_creates_one_endpoint_and_shows_its_secret_again() throws Exception {
    RequestOptions options = RequestOptions.builder().setIdempotencyKey("endpoint-1").build();
    WebhookEndpointCreateParams params =
        WebhookEndpointCreateParams.builder()
            .setUrl("https://shop.example/hooks")
            .addEnabledEvent(EnabledEvent.ALL)
            .build();

    WebhookEndpoint first = client().v1().webhookEndpoints().create(params, options);
    WebhookEndpoint second = client().v1().webhookEndpoints().create(params, options);

    assertThat(second.getSecret()).isEqualTo(first.getSecret());
    assertThat(client().v1().webhookEndpoints().list().getData()).hasSize(1);
  }

  private void assertParam(String form, String param) {
    Answer answer = send(form("/v1/webhook_endpoints", form));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("error").get("param").asString()).isEqualTo(param);
  }

  private WebhookEndpoint createEndpoint(String url, EnabledEvent type) throws StripeException {
    return client()
        .v1()
        .webhookEndpoints()
        .create(
            WebhookEndpointCreateParams.builder()
                .setUrl(url)
                .setApiVersion(ApiVersion.VERSION_2026_07_29_DAHLIA)
                .addEnabledEvent(type)
                .build());
  }

  private JsonNode register(
      WebhookReceiver receiver, String secret, String events, boolean connect) {
    return lever(
            "PUT",
            "webhook-endpoints",
            "{\"url\": \"%s\", \"secret\": \"%s\", \"events\": %s, \"connect\": %s}"
                .formatted(receiver.url(), secret, events, connect))
        .json();
  }

  private Event onlyEvent() throws StripeException {
    return client().v1().events().list().getData().getFirst();
  }

  private List<Event> undelivered() throws StripeException {
    return client()
        .v1()
        .events()
        .list(EventListParams.builder().setDeliverySuccess(false).build())
        .getData();
  }

  private static CustomerUpdateParams updateName() {
    return CustomerUpdateParams.builder().setName("Ben").build();
  }

  private String createCustomer() throws StripeException {
    return client()
        .v1()
        .customers()
        .create(CustomerCreateParams.builder().setName("Ann").build())
        .getId();
  }
}
