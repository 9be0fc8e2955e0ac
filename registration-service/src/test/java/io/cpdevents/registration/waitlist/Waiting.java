package io.cpdevents.registration.waitlist;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.registration.Buyer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Somebody who waits for tickets of one type. */
record Waiting(Buyer buyer, UUID id, UUID ticketType, int quantity) {

  static Answer joins(Buyer buyer, UUID event, UUID ticketType, int quantity) {
    return buyer
        .api()
        .withKey(Ids.next().toString())
        .post(
            "/api/v1/events/" + event + "/waitlist",
            Map.of("tickets", List.of(Map.of("ticketTypeId", ticketType, "quantity", quantity))));
  }

  static Waiting of(Buyer buyer, UUID event, UUID ticketType, int quantity) {
    return new Waiting(
        buyer, joins(buyer, event, ticketType, quantity).expect(201).id(), ticketType, quantity);
  }

  String path() {
    return "/api/v1/waitlist/" + id;
  }

  Answer read() {
    return buyer.api().get(path()).expect(200);
  }

  String status() {
    return read().text("status");
  }

  int position() {
    return read().body().path("position").asInt(0);
  }

  Answer accepts() {
    return accepts(Ids.next().toString());
  }

  Answer accepts(String key) {
    List<UUID> types = new ArrayList<>();
    for (int i = 0; i < quantity; i++) {
      types.add(ticketType);
    }
    return buyer.api().withKey(key).post(path() + "/acceptance", Buyer.request(types));
  }

  Answer lets() {
    return buyer.api().delete(path());
  }
}
