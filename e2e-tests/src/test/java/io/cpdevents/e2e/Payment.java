package io.cpdevents.e2e;

import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a registration costs and what became of the money. */
public record Payment(World world, Person buyer, UUID id) {

  private static final Pattern SESSION_ID = Pattern.compile("cs_[A-Za-z0-9_]+");

  JsonNode view() {
    return buyer.api().get("/api/v1/payments/" + id).expect(200).json();
  }

  String status() {
    return view().get("status").asString();
  }

  long refundedMinor() {
    return view().get("refunded").get("amountMinor").asLong();
  }

  /** Clicks "pay". */
  Checkout checkout() {
    return checkout(triesCheckout().expect(201));
  }

  /** Clicks "pay" and sees what happens. */
  Api.Answer triesCheckout() {
    return buyer
        .api()
        .post(
            "/api/v1/payments/" + id + "/checkout",
            Map.of(
                "successUrl", world.gatewayUrl() + "/paid",
                "cancelUrl", world.gatewayUrl() + "/cancelled"));
  }

  /** The page that an answer leads to. */
  Checkout checkout(Api.Answer answer) {
    Matcher session = SESSION_ID.matcher(answer.json().get("url").asString());
    if (!session.find()) {
      throw new AssertionError("no session in " + answer.body());
    }
    return new Checkout(world, session.group());
  }

  Payment becomes(String status) {
    await("payment " + id + " becomes " + status).until(() -> status().equals(status));
    return this;
  }
}
