package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Money on its way to the bank of an organization. */
public record Payout(Organization organization, UUID id) {

  /** The owner asks for all that is available in Canadian dollars. */
  static Payout of(Organization organization) {
    return new Payout(organization, tried(organization).expect(201).id());
  }

  /** Asks for it, and sees what happens. */
  static Answer tried(Organization organization) {
    return organization
        .owner()
        .api()
        .with("Idempotency-Key", UUID.randomUUID().toString())
        .post(organization.path() + "/payouts", Map.of("currency", "CAD"));
  }

  /** As the owner sees it. */
  public JsonNode view() {
    return organization.owner().api().get("/api/v1/payouts/" + id).expect(200).json();
  }

  /** What exactly it pays, as the owner sees it. */
  public JsonNode statement() {
    return organization
        .owner()
        .api()
        .get("/api/v1/payouts/" + id + "/statement")
        .expect(200)
        .json();
  }

  /** How much it is, in cents. */
  public long amountMinor() {
    return view().path("amount").path("amountMinor").asLong();
  }

  /** Waits until it has this status. */
  public Payout becomes(String status) {
    organization
        .world()
        .await(
            "payout " + id + " becomes " + status,
            () -> view().path("status").asString().equals(status));
    return this;
  }
}
