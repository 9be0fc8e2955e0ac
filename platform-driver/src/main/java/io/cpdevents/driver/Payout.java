package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Money on its way to the bank of an organization. */
public record Payout(Organization organization, UUID id) {

  /** The owner asks for all that is available in Canadian dollars. */
  static Payout of(Organization organization) {
    return new Payout(organization, tried(organization).expect(201).id());
  }

  /** The same, and what happens. */
  static Answer tried(Organization organization) {
    return tried(organization, Map.of("currency", "CAD"));
  }

  /** The owner asks for a part of what is available in a currency, and what happens. */
  static Answer tried(Organization organization, String currency, long amountMinor) {
    return tried(
        organization,
        Map.of(
            "currency",
            currency,
            "amount",
            Map.of("amountMinor", amountMinor, "currency", currency)));
  }

  /** The owner asks for something, and what happens. */
  static Answer tried(Organization organization, Map<String, Object> wish) {
    return organization
        .owner()
        .provenApi()
        .with("Idempotency-Key", UUID.randomUUID().toString())
        .post(organization.path() + "/payouts", wish);
  }

  /** As the owner sees it. */
  public JsonNode view() {
    return organization.owner().api().get(path()).expect(200).json();
  }

  /** The owner tries to call it off. */
  public Answer triesToCancel() {
    return organization
        .owner()
        .provenApi()
        .with("Idempotency-Key", UUID.randomUUID().toString())
        .post(path() + "/cancellation", Map.of());
  }

  /** Platform finance holds or releases it. */
  public Answer isDecided(Person finance, String decision, String reason) {
    return triesToDecide(finance, decision, reason).expect(200);
  }

  /** The same, and what happens. */
  public Answer triesToDecide(Person finance, String decision, String reason) {
    return finance.provenApi().post(path() + "/" + decision, Map.of("reason", reason));
  }

  /** Two people of platform finance say how it ended, since Stripe cannot be asked any more. */
  public Payout isSettledAs(String outcome) {
    World world = organization.world();
    String seen =
        world
            .finance()
            .provenApi()
            .post(
                path() + "/settlements",
                Map.of("outcome", outcome, "reason", "The owner has told us by telephone"))
            .expect(202)
            .data()
            .get(0)
            .get("id")
            .asString();
    world
        .controller()
        .provenApi()
        .post(path() + "/settlements/approval", Map.of("settlementId", seen))
        .expect(200);
    return this;
  }

  /** Waits until Stripe has given back what it had left on an account that was disconnected. */
  public Payout isTakenBack() {
    organization
        .world()
        .await(
            "the transfer of payout " + id + " is taken back",
            () ->
                organization
                        .world()
                        .databases()
                        .number(
                            "payout",
                            """
                            SELECT count(*) FROM transfer_reversal
                            WHERE payout_id = ? AND stripe_id IS NOT NULL
                            """,
                            id)
                    == 1);
    return this;
  }

  /** The bank sends the money back, even days after it had arrived. */
  public Payout isSentBack(String code) {
    organization.world().stripe().triesToFailPayout(atStripe().orElseThrow(), code).expect(200);
    return this;
  }

  /** Stripe's payout, if there is one that we know of. */
  public Optional<String> atStripe() {
    return organization
        .world()
        .databases()
        .texts("payout", "SELECT bank_payout_id FROM payout WHERE id = ?", id)
        .stream()
        .map(List::getFirst)
        .filter(found -> !found.isEmpty())
        .findFirst();
  }

  /** How it stands. */
  public String status() {
    return view().path("status").asString();
  }

  private String path() {
    return "/api/v1/payouts/" + id;
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
    try {
      organization
          .world()
          .await("payout " + id + " becomes " + status, () -> status().equals(status));
      return this;
    } catch (NotAsExpected inVain) {
      throw new NotAsExpected(inVain.getMessage() + "; it is " + view());
    }
  }
}
