package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Somebody who waits for places of an event. */
public record Waiting(World world, Person person, PublishedEvent event, UUID id, int tickets) {

  /** Joins the waitlist. */
  public static Waiting joinedBy(Person person, PublishedEvent event, int tickets) {
    UUID id = triedBy(person, event, tickets).expect(201).id();
    return new Waiting(event.world(), person, event, id, tickets);
  }

  /** Tries to join it, and sees what happens. */
  public static Answer triedBy(Person person, PublishedEvent event, int tickets) {
    return person
        .api()
        .post(
            event.path() + "/waitlist",
            Map.of(
                "tickets",
                List.of(Map.of("ticketTypeId", event.ticketTypeId(), "quantity", tickets))));
  }

  /** Where it is in the API. */
  public String path() {
    return "/api/v1/waitlist/" + id;
  }

  /** As the person sees it. */
  public JsonNode view() {
    return person.api().get(path()).expect(200).json();
  }

  /** Waiting, offered, accepted… */
  public String status() {
    return view().path("status").asString();
  }

  /** Waits until it has this status. */
  public Waiting becomes(String status) {
    world.await("waitlist entry " + id + " becomes " + status, () -> status().equals(status));
    return this;
  }

  /** Takes what is offered. */
  public Registration accepts() {
    return person.registration(
        person
            .api()
            .post(
                path() + "/acceptance",
                Map.of("tickets", Order.of(person, event, tickets).tickets()))
            .expect(201));
  }

  /** Leaves, or declines what is offered. */
  public void leaves() {
    person.api().delete(path()).expect(204);
  }

  /** Is moved right before somebody. Returns what is answered. */
  public Answer isMovedBefore(Waiting other, Person organizer, String reason) {
    return organizer
        .api()
        .put(path() + "/position", Map.of("before", other.id(), "reason", reason));
  }
}
