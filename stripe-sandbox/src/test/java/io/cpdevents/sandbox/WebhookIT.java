package io.cpdevents.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.stripe.model.Event;
import com.stripe.model.checkout.Session;
import com.stripe.param.EventListParams;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookIT extends RunningSandbox {

  @Test
  void a_refused_event_is_posted_again_until_it_is_accepted() throws Exception {
    RECEIVER.refuseNext(3);

    createCustomer();

    await().atMost(MAX_WAIT_TIME).until(() -> !RECEIVER.events("customer.created").isEmpty());
    assertThat(RECEIVER.posts()).isEqualTo(4);
    await().atMost(MAX_WAIT_TIME).until(() -> undelivered().isEmpty());
  }

  @Test
  void an_event_names_its_request_and_is_the_same_in_the_list() throws Exception {
    createCustomer();
    await().atMost(MAX_WAIT_TIME).until(() -> !RECEIVER.events("customer.created").isEmpty());

    Event told = RECEIVER.events("customer.created").getFirst();
    Event listed = client().v1().events().retrieve(told.getId());

    assertThat(told.getApiVersion()).isEqualTo("2026-07-29.dahlia");
    assertThat(told.getRequest().getId()).startsWith("req_");
    assertThat(told.getRequest().getIdempotencyKey()).isNotBlank();
    assertThat(listed.getDataObjectDeserializer().getRawJson())
        .isEqualTo(told.getDataObjectDeserializer().getRawJson());
    assertThat(
            client()
                .v1()
                .events()
                .list(EventListParams.builder().addType("customer.created").build())
                .getData())
        .hasSize(1);
  }

  @Test
  void events_can_be_posted_twice() throws Exception {
    lever("PUT", "webhook-faults", "{\"duplicate\": true, \"times\": 1}");

    createCustomer();

    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.events("customer.created").size() == 2);
    assertThat(RECEIVER.events())
        .extracting(Event::getId)
        .containsOnly(RECEIVER.events().getFirst().getId());
  }

  @Test
  void events_can_overtake_each_other() throws Exception {
    Session session = createSession(5_000);
    lever(
        "PUT",
        "webhook-faults",
        "{\"reorder\": true, \"types\": [\"checkout.session.completed\", \"charge.updated\"]}");

    pay(session, PAYS);

    await()
        .atMost(MAX_WAIT_TIME)
        .until(() -> RECEIVER.types().contains("checkout.session.completed"));
    assertThat(RECEIVER.types().indexOf("charge.updated"))
        .isBetween(0, RECEIVER.types().indexOf("checkout.session.completed") - 1);
  }

  @Test
  void events_can_be_late() throws Exception {
    lever("PUT", "webhook-faults", "{\"delayMs\": 60000}");
    createCustomer();
    lever("PUT", "webhook-faults", "{}");

    await()
        .during(Duration.ofMillis(300))
        .atMost(MAX_WAIT_TIME)
        .until(() -> RECEIVER.events().isEmpty());
    assertThat(state().get("deliveries").get("pending").asInt()).isEqualTo(1);
    Event event = client().v1().events().list().getData().getFirst();
    lever("POST", "reset", "");
    assertThat(lever("POST", "webhooks/redeliver", eventId(event)).status()).isEqualTo(404);
  }

  @Test
  void a_lost_event_is_found_in_the_list_and_can_be_posted_again() throws Exception {
    lever("PUT", "webhook-faults", "{\"drop\": true, \"times\": 1}");
    createCustomer();
    createCustomer();
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.events().size() == 1);

    List<Event> lost = undelivered();
    assertThat(lost).hasSize(1);
    lever("POST", "webhooks/redeliver", eventId(lost.getFirst()));

    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.events().size() == 2);
    assertThat(lever("POST", "webhooks/redeliver", "{\"since\": 0}").json().get("events").asInt())
        .isEqualTo(2);
    await().atMost(MAX_WAIT_TIME).until(() -> RECEIVER.events().size() == 4);
    assertThat(RECEIVER.badSignatures()).isEmpty();
  }

  private static String eventId(Event event) {
    return "{\"eventId\": \"%s\"}".formatted(event.getId());
  }

  private List<Event> undelivered() throws Exception {
    return client()
        .v1()
        .events()
        .list(EventListParams.builder().setDeliverySuccess(false).build())
        .getData();
  }

  private void createCustomer() {
    assertThat(
            send(form("/v1/customers", "name=Ann")
                    .header("Idempotency-Key", "k" + System.nanoTime()))
                .status())
        .isEqualTo(200);
  }
}
