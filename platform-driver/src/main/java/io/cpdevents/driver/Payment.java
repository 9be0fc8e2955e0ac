package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What a registration costs and what became of the money. */
public record Payment(World world, Person buyer, UUID registrationId, UUID id) {

  /** As its buyer sees it. */
  public JsonNode view() {
    return buyer.api().get("/api/v1/payments/" + id).expect(200).json();
  }

  /** Awaiting-payment, captured, cancelled… */
  public String status() {
    return view().path("status").asString();
  }

  /** What has gone back, in cents. */
  public long refundedMinor() {
    return view().path("refunded").path("amountMinor").asLong();
  }

  /** Waits until it has this status. */
  public Payment becomes(String status) {
    world.await("payment " + id + " becomes " + status, () -> status().equals(status));
    return this;
  }

  /** Clicks "pay". */
  public Checkout checkout() {
    return checkout(triesCheckout().expect(201));
  }

  /** Clicks "pay" and sees what happens. */
  public Answer triesCheckout() {
    String page = world.address().gatewayUrl() + "/registrations/" + registrationId;
    return buyer
        .api()
        .post(
            "/api/v1/payments/" + id + "/checkout",
            Map.of("successUrl", page + "?checkout=done", "cancelUrl", page));
  }

  /** The page that an answer leads to. */
  public Checkout checkout(Answer answer) {
    return Checkout.at(world.stripe(), answer.text("url"));
  }
}
