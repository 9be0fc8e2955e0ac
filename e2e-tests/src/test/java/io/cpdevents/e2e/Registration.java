package io.cpdevents.e2e;

import static org.awaitility.Awaitility.await;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A registration that its buyer was told of. */
public final class Registration {

  private final World world;
  private final Person buyer;
  private final UUID id;
  private final String reference;
  private final String statusAtFirst;
  private final long totalMinor;

  Registration(World world, Person buyer, JsonNode view) {
    this.world = world;
    this.buyer = buyer;
    this.id = UUID.fromString(view.get("id").asString());
    this.reference = view.get("reference").asString();
    this.statusAtFirst = view.get("status").asString();
    this.totalMinor = view.get("total").get("amountMinor").asLong();
  }

  public UUID id() {
    return id;
  }

  Person buyer() {
    return buyer;
  }

  /** What people call it on the phone; it stands in every mail about it. */
  String reference() {
    return reference;
  }

  /** What the answer to the order said. */
  String statusAtFirst() {
    return statusAtFirst;
  }

  long totalMinor() {
    return totalMinor;
  }

  String status() {
    return view().get("status").asString();
  }

  JsonNode view() {
    return buyer.api().get("/api/v1/registrations/" + id).expect(200).json();
  }

  /** Waits for the payment as a browser does. */
  public Payment payment() {
    JsonNode found =
        buyer
            .api()
            .get("/api/v1/payments?registrationId=" + id + "&waitSeconds=10")
            .expect(200)
            .json()
            .get("data");
    if (found.size() != 1) {
      throw new AssertionError("registration " + id + " has " + found.size() + " payments");
    }
    return new Payment(world, buyer, UUID.fromString(found.get(0).get("id").asString()));
  }

  /** Opens the payment page and pays with a card that works. */
  public Registration isPaid() {
    payment().checkout().paysWith(Card.PAYS);
    return this;
  }

  public Registration becomes(String status) {
    await("registration " + id + " becomes " + status).until(() -> status().equals(status));
    return this;
  }
}
