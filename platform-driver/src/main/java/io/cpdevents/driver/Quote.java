package io.cpdevents.driver;

import java.util.List;
import java.util.Map;

/** What places would cost. */
public record Quote(long totalMinor) {

  /** Asks for it; nothing is held. */
  public static Quote askedBy(Person person, PublishedEvent event, int tickets) {
    Map<String, Object> wanted =
        Map.of(
            "tickets", List.of(Map.of("ticketTypeId", event.ticketTypeId(), "quantity", tickets)));
    return new Quote(
        person
            .api()
            .post(event.path() + "/quotes", wanted)
            .expect(200)
            .json()
            .path("total")
            .path("amountMinor")
            .asLong());
  }
}
