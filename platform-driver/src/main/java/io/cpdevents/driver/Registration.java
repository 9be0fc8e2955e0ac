package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A registration that its buyer was told of.
 *
 * @param reference what people call it on the phone; it stands in every mail about it
 * @param statusAtFirst what the answer to the order said
 */
public record Registration(
    World world, Person buyer, UUID id, String reference, String statusAtFirst, long totalMinor) {

  /** Of the answer to an order. */
  static Registration of(World world, Person buyer, Answer answer) {
    JsonNode view = answer.json();
    return new Registration(
        world,
        buyer,
        UUID.fromString(view.path("id").asString()),
        view.path("reference").asString(),
        view.path("status").asString(),
        view.path("total").path("amountMinor").asLong());
  }

  /** Where it is in the API. */
  public String path() {
    return "/api/v1/registrations/" + id;
  }

  /** As its buyer sees it. */
  public JsonNode view() {
    return buyer.api().get(path()).expect(200).json();
  }

  /** Its tickets, in their order. */
  public List<UUID> ticketIds() {
    return view()
        .path("tickets")
        .valueStream()
        .map(ticket -> UUID.fromString(ticket.path("id").asString()))
        .toList();
  }

  /** Held, confirmed, expired… */
  public String status() {
    return view().path("status").asString();
  }

  /** Waits until it has this status. */
  public Registration becomes(String status) {
    world.await("registration " + reference + " becomes " + status, () -> status().equals(status));
    return this;
  }

  /** Waits for the payment as a browser does. */
  public Payment payment() {
    return world.awaitThere(
        "the payment of registration " + reference,
        () -> {
          Answer found = asksForPayment().expect(200);
          return found.data().isEmpty() ? Optional.empty() : Optional.of(payment(found));
        });
  }

  /** Asks once, and waits some seconds for the answer. */
  public Answer asksForPayment() {
    return buyer.api().get("/api/v1/payments?registrationId=" + id + "&waitSeconds=10");
  }

  /** The one payment of such an answer. */
  public Payment payment(Answer answer) {
    JsonNode found = answer.data();
    if (found.size() != 1) {
      throw new NotAsExpected("registration " + id + " has " + found.size() + " payments");
    }
    return new Payment(world, buyer, id, UUID.fromString(found.path(0).path("id").asString()));
  }

  /** What somebody is about to cancel of it. */
  public Cancellation cancellation() {
    return Cancellation.of(this);
  }

  /** Opens the payment page and pays with a card that works. */
  public Registration isPaid() {
    payment().checkout().paysWith(Card.PAYS);
    return this;
  }
}
