package io.cpdevents.registration;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.MutableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Events that begin soon, with guests who have tickets, for a test about doors. */
public final class Doorkeeping {

  private final ApiClient api;
  private final Organizer organizer;
  private final MutableClock clock;

  public Doorkeeping(ApiClient api, Organizer organizer, MutableClock clock) {
    this.api = api;
    this.organizer = organizer;
    this.clock = clock;
  }

  /** An event that begins in two hours. */
  public record Event(UUID id, UUID ticketType) {

    public String path() {
      return "/api/v1/events/" + id;
    }

    public String checkIns() {
      return path() + "/check-ins";
    }
  }

  /** Somebody with a ticket, which they have bought themselves. */
  public record Guest(Buyer buyer, UUID registration, UUID ticket, String code, String email) {

    public String path() {
      return "/api/v1/tickets/" + ticket;
    }
  }

  /** An event that begins in two hours and takes three. */
  public Event soon() {
    return begins(Duration.ofHours(2));
  }

  public Event begins(Duration from) {
    Map<String, Object> request = new HashMap<>(organizer.eventRequest("Wound care", 50));
    request.put("startsAt", clock.instant().plus(from).toString());
    request.put("endsAt", clock.instant().plus(from).plus(Duration.ofHours(3)).toString());
    UUID id = organizer.create(request);
    UUID ticketType = organizer.ticketType(id, 0, null);
    organizer.publish(id);
    return new Event(id, ticketType);
  }

  public Guest guest(Event event, String name) {
    Buyer buyer = Buyer.of(api);
    String email = Ids.next() + "@example.org";
    Answer made =
        buyer
            .api()
            .withKey(Ids.next().toString())
            .post(
                event.path() + "/registrations",
                Map.of(
                    "tickets",
                    List.of(
                        Map.of(
                            "ticketTypeId",
                            event.ticketType(),
                            "attendee",
                            Map.of("name", name, "email", email)))))
            .expect(201);
    return new Guest(
        buyer,
        made.id(),
        UUID.fromString(made.body().at("/tickets/0/id").asString()),
        made.body().at("/tickets/0/code").asString(),
        email);
  }
}
