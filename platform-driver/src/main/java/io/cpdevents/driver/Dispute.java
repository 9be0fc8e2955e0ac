package io.cpdevents.driver;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A payment that its buyer disputes at the bank.
 *
 * @param organization which the money is taken from
 * @param atStripe its id at Stripe
 */
public record Dispute(Organization organization, UUID id, String atStripe) {

  /** As the organization sees it. */
  public JsonNode view() {
    return organization.owner().api().get("/api/v1/disputes/" + id).expect(200).json();
  }

  /** Stripe's word: needs-response, under-review, won, lost… */
  public String status() {
    return view().path("status").asString();
  }

  /** The bank decides: won, or lost, by the organization. */
  public Dispute isDecided(String outcome) {
    organization.world().stripe().triesToDecide(atStripe, outcome).expect(200);
    return becomes(outcome);
  }

  /** Waits until it has this status. */
  public Dispute becomes(String status) {
    organization
        .world()
        .await("dispute " + id + " becomes " + status, () -> status().equals(status));
    return this;
  }
}
