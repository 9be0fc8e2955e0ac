package io.cpdevents.driver;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** What a buyer sends to take places. */
public record Order(List<Place> tickets) {

  /** One place. */
  public record Place(UUID ticketTypeId, Attendee attendee) {}

  /** Who takes it. */
  public record Attendee(String name, String email) {}

  /** So many places for guests of the buyer. */
  public static Order of(Person buyer, PublishedEvent event, int tickets) {
    return new Order(
        IntStream.rangeClosed(1, tickets)
            .mapToObj(number ->
                new Attendee(buyer.name() + " " + number, "guest" + number + "." + buyer.email()))
            .map(attendee -> new Place(event.ticketTypeId(), attendee))
            .toList());
  }
}
