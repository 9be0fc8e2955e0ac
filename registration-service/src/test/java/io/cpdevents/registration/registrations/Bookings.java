package io.cpdevents.registration.registrations;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.registration.Buyer;
import io.cpdevents.registration.Organizer;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Events on sale and registrations for them, in the state that a test needs. */
final class Bookings {

  private final ApiClient api;
  private final Organizer organizer;
  private final AcceptPayment acceptPayment;

  Bookings(ApiClient api, Organizer organizer, AcceptPayment acceptPayment) {
    this.api = api;
    this.organizer = organizer;
    this.acceptPayment = acceptPayment;
  }

  /** An event on sale and its one ticket type. */
  record OnSale(UUID event, UUID ticketType) {}

  /** Somebody's registration. */
  record Booking(Buyer buyer, UUID id, List<UUID> ticketIds, Money total, UUID paymentId) {

    String path() {
      return "/api/v1/registrations/" + id;
    }

    /** Its payment, captured or about to be. */
    AcceptPayment.Command payment() {
      return new AcceptPayment.Command(paymentId, id, total);
    }

    Answer read() {
      return buyer.api().get(path()).expect(200);
    }

    Answer cancel(Map<String, ?> request) {
      return buyer.cancel(id, request);
    }
  }

  OnSale onSale(int capacity, long priceMinor) {
    return onSale(capacity, priceMinor, Map.of());
  }

  /** An event on sale, with other terms than usual. */
  OnSale onSale(int capacity, long priceMinor, Map<String, ?> terms) {
    Map<String, Object> request = new HashMap<>(organizer.eventRequest("Wound care", capacity));
    request.putAll(terms);
    UUID event = organizer.create(request);
    UUID ticketType = organizer.ticketType(event, priceMinor, null);
    organizer.publish(event);
    return new OnSale(event, ticketType);
  }

  /** A registration that is held, or confirmed when it is free. */
  Booking booked(OnSale sale, int tickets) {
    return booked(sale.event(), Collections.nCopies(tickets, sale.ticketType()));
  }

  /** A registration for a ticket of each of these types; held, or confirmed when it is free. */
  Booking booked(UUID event, List<UUID> ticketTypes) {
    return booked(Buyer.of(api), event, ticketTypes);
  }

  Booking booked(Buyer buyer, UUID event, List<UUID> ticketTypes) {
    return of(buyer, buyer.register(event, ticketTypes).expect(201));
  }

  /** The booking of an answer. */
  Booking of(Buyer buyer, Answer made) {
    List<UUID> ticketIds =
        made.body()
            .path("tickets")
            .valueStream()
            .map(ticket -> UUID.fromString(ticket.path("id").asString()))
            .toList();
    Money total =
        Money.of(
            made.body().at("/total/amountMinor").asLong(),
            made.body().at("/total/currency").asString());
    return new Booking(buyer, made.id(), ticketIds, total, Ids.next());
  }

  /** A registration that is paid. */
  Booking paid(OnSale sale, int tickets) {
    return pay(booked(sale, tickets));
  }

  /** A registration that is paid, for a ticket of each of these types. */
  Booking paid(UUID event, List<UUID> ticketTypes) {
    return pay(booked(event, ticketTypes));
  }

  private Booking pay(Booking booking) {
    acceptPayment.handle(booking.payment());
    return booking;
  }
}
