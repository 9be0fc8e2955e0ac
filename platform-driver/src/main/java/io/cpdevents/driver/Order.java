package io.cpdevents.driver;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer sends to take places.
 *
 * @param promoCode null for none
 */
public record Order(List<Place> tickets, @Nullable String promoCode) {

  private static final String GUEST = "guest";

  /** One place. */
  public record Place(UUID ticketTypeId, Attendee attendee) {}

  /** Who takes it. */
  public record Attendee(String name, String email) {}

  /** Whether this is the address of a guest of that buyer's. */
  public static boolean isGuest(String address, String buyer) {
    return address.startsWith(GUEST) && address.endsWith("." + buyer);
  }

  /** So many places for guests of the buyer. */
  public static Order of(Person buyer, PublishedEvent event, int tickets) {
    return new Order(
        IntStream.rangeClosed(1, tickets)
            .mapToObj(number ->
                new Attendee(buyer.name() + " " + number, GUEST + number + "." + buyer.email()))
            .map(attendee -> new Place(event.ticketTypeId(), attendee))
            .toList(),
        null);
  }

  /** The same with a promo code. */
  public Order with(String code) {
    return new Order(tickets, code);
  }
}
