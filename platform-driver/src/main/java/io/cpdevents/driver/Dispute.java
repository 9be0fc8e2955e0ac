package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import java.util.Map;
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
    return organization.owner().api().get(path()).expect(200).json();
  }

  /** Stripe's word: needs-response, under-review, won, lost… */
  public String status() {
    return view().path("status").asString();
  }

  /** The owner gives in, and sees what happens. */
  public Answer triesToAccept() {
    return organization
        .owner()
        .provenApi()
        .with("Idempotency-Key", UUID.randomUUID().toString())
        .post(path() + "/acceptance", Map.of());
  }

  /** The owner submits evidence, which is final, and sees what happens. */
  public Answer triesToSubmit(String text) {
    return organization
        .owner()
        .api()
        .with("Idempotency-Key", UUID.randomUUID().toString())
        .post(
            path() + "/evidence",
            Map.of("fields", Map.of("uncategorizedText", text), "submit", true));
  }

  /** The owner uploads a receipt. */
  public UUID isGivenReceipt() {
    String form =
        """
        --end-of-part
        Content-Disposition: form-data; name="purpose"

        receipt
        --end-of-part
        Content-Disposition: form-data; name="file"; filename="receipt.pdf"
        Content-Type: application/pdf

        %PDF-1.4
        --end-of-part--
        """
            .replace("\n", "\r\n");
    return organization
        .owner()
        .api()
        .with("Content-Type", "multipart/form-data; boundary=end-of-part")
        .send("POST", path() + "/files", form)
        .expect(201)
        .id();
  }

  private String path() {
    return "/api/v1/disputes/" + id;
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
