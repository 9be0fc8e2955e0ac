package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** An organization that publishes events. */
public record Organization(World world, Person owner, UUID id) {

  private static final List<String> BALANCE_PARTS =
      List.of("pending", "available", "reserved", "inTransit");

  /** Where it is in the API. */
  public String path() {
    return "/api/v1/organizations/" + id;
  }

  /**
   * Publishes an event with one kind of ticket.
   *
   * @param priceMinor in cents; 0 is free
   */
  public PublishedEvent publishes(int places, long priceMinor) {
    return EventDraft.of(this, places).publishedAt(priceMinor);
  }

  /** Cancels one of its events, and gives everything back. */
  public EventCancellation cancels(PublishedEvent event, String reason) {
    return cancels(event, reason, 0);
  }

  /**
   * Cancels one of its events.
   *
   * @param keepFeeBasisPoints the share of each payment that it keeps
   */
  public EventCancellation cancels(PublishedEvent event, String reason, int keepFeeBasisPoints) {
    return EventCancellation.of(this, event, reason, keepFeeBasisPoints);
  }

  /**
   * Waits until it knows that a payment is disputed.
   *
   * @param atStripe the dispute's id there
   */
  public Dispute awaitDispute(Payment payment, String atStripe) {
    return world.awaitThere(
        "the dispute of payment " + payment.id(),
        () ->
            owner
                .api()
                .get(path() + "/disputes?limit=100")
                .expect(200)
                .data()
                .valueStream()
                .filter(
                    dispute -> dispute.path("paymentId").asString().equals(payment.id().toString()))
                .map(dispute -> UUID.fromString(dispute.path("id").asString()))
                .map(disputeId -> new Dispute(this, disputeId, atStripe))
                .findFirst());
  }

  /** Asks for the page on which it enters what Stripe needs to pay it. */
  public PayoutAccount connects() {
    return PayoutAccount.of(this);
  }

  /** Decides that it is paid by itself on Mondays. */
  public void isPaidWeekly() {
    owner
        .api()
        .put(
            path() + "/payout-schedule",
            Map.of("interval", "weekly", "minimums", List.of(), "releaseDaysAfterEvent", 7))
        .expect(200);
  }

  /** Its payouts, newest first. */
  public List<Payout> payouts() {
    return owner
        .api()
        .get(path() + "/payouts?limit=100")
        .expect(200)
        .data()
        .valueStream()
        .map(payout -> new Payout(this, UUID.fromString(payout.path("id").asString())))
        .toList();
  }

  /** Asks for all that is available. */
  public Payout asksForPayout() {
    return Payout.of(this);
  }

  /** The same, and what happens. */
  public Answer triesToBePaid() {
    return Payout.tried(this);
  }

  /** One figure of its balance in Canadian dollars, in cents. */
  public long balanceMinor(String figure) {
    return owner
        .api()
        .get(path() + "/balance")
        .expect(200)
        .data()
        .valueStream()
        .filter(balance -> balance.path("currency").asString().equals("CAD"))
        .mapToLong(balance -> balance.path(figure).path("amountMinor").asLong())
        .sum();
  }

  /** What payout-service says is its own, in cents; all states together. */
  public long balanceMinor() {
    long sum = 0;
    for (JsonNode balance : owner.api().get(path() + "/balance").expect(200).data()) {
      for (String part : BALANCE_PARTS) {
        sum += balance.path(part).path("amountMinor").asLong();
      }
    }
    return sum;
  }
}
