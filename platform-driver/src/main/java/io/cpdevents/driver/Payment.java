package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What a registration costs and what became of the money. */
public record Payment(World world, Person buyer, UUID registrationId, UUID id) {

  /** As its buyer sees it. */
  public JsonNode view() {
    return buyer.api().get(path()).expect(200).json();
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

  /** The charge at Stripe; there must be one. */
  public String chargeAtStripe() {
    return world
        .databases()
        .texts(
            "billing",
            "SELECT id FROM stripe_charge WHERE payment_id = ? AND objection IS NULL",
            id)
        .getFirst()
        .getFirst();
  }

  /**
   * Waits until Stripe has booked it, which is some time after it was captured: a leap of time
   * before that would leave its money pending for days.
   */
  public Payment isBookedAtStripe() {
    world.await(
        "Stripe books payment " + id,
        () ->
            !world
                .databases()
                .texts(
                    "billing",
                    """
                    SELECT balance_transaction_id FROM stripe_charge
                    WHERE payment_id = ? AND objection IS NULL
                      AND balance_transaction_id IS NOT NULL
                    """,
                    id)
                .isEmpty());
    return this;
  }

  /** Somebody of the organization gives a part back, and says why. */
  public Refund isRefundedBy(Person by, long amountMinor, String reason) {
    return Refund.of(world, by, triesRefund(by, amountMinor, reason).expect(202));
  }

  /** Somebody tries to give a part back. */
  public Answer triesRefund(Person by, long amountMinor, String reason) {
    return by.provenApi()
        .with("Idempotency-Key", UUID.randomUUID().toString())
        .post(path() + "/refunds", Map.of("amount", money(amountMinor), "reason", reason));
  }

  /** Somebody tries to give back all that is left of some tickets, which stay valid. */
  public Answer triesRefundOfTickets(Person by, List<UUID> ticketIds, String reason) {
    return by.provenApi()
        .with("Idempotency-Key", UUID.randomUUID().toString())
        .post(path() + "/refunds", Map.of("ticketIds", ticketIds, "reason", reason));
  }

  /** Who would bear it, as somebody of the organization is told before. */
  public JsonNode previewsRefund(Person by, long amountMinor) {
    return by.api()
        .post(path() + "/refund-preview", Map.of("amount", money(amountMinor)))
        .expect(200)
        .json();
  }

  /** The refunds of it, as its buyer sees them: the oldest first. */
  public List<Refund> refunds() {
    return view()
        .path("refunds")
        .valueStream()
        .map(refund -> new Refund(world, buyer, UUID.fromString(refund.path("id").asString())))
        .toList();
  }

  /** What it is paid in. */
  public String currency() {
    return view().path("amount").path("currency").asString();
  }

  private Map<String, Object> money(long amountMinor) {
    return Map.of("amountMinor", amountMinor, "currency", currency());
  }

  private String path() {
    return "/api/v1/payments/" + id;
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
            path() + "/checkout", Map.of("successUrl", page + "?checkout=done", "cancelUrl", page));
  }

  /** The page that an answer leads to. */
  public Checkout checkout(Answer answer) {
    return Checkout.at(world.stripe(), answer.text("url"));
  }
}
