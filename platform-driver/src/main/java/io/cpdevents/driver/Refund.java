package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Money of a payment that goes back.
 *
 * @param reader who looks at it
 */
public record Refund(World world, Person reader, UUID id) {

  static Refund of(World world, Person reader, Answer answer) {
    return new Refund(world, reader, answer.id());
  }

  /** As its reader sees it. */
  public JsonNode view() {
    return reader.api().get("/api/v1/refunds/" + id).expect(200).json();
  }

  /** Requested, pending, succeeded, failed, cancelled. */
  public String status() {
    return view().path("status").asString();
  }

  /** How often Stripe was asked to make it. */
  public int attempts() {
    return view().path("attempts").size();
  }

  /** Waits until it has this status. */
  public Refund becomes(String status) {
    world.await("refund " + id + " becomes " + status, () -> status().equals(status));
    return this;
  }
}
