package io.cpdevents.registration;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.TestTokens;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A person who registers for events.
 *
 * @param api the service's API with the person's session
 */
public record Buyer(UUID accountId, ApiClient api) {

  /** Somebody who is in no organization. */
  public static Buyer of(ApiClient api) {
    UUID accountId = Ids.next();
    return new Buyer(accountId, api.as(TestTokens.bearer(accountId)));
  }

  /** Books a ticket of each of these types. */
  public Answer register(UUID eventId, List<UUID> ticketTypeIds) {
    return register(eventId, ticketTypeIds, Ids.next().toString());
  }

  /** Books a ticket of each of these types, under an idempotency key. */
  public Answer register(UUID eventId, List<UUID> ticketTypeIds, String idempotencyKey) {
    return api.withKey(idempotencyKey)
        .post("/api/v1/events/" + eventId + "/registrations", request(ticketTypeIds));
  }

  /** The request for a ticket of each of these types. */
  public static Map<String, Object> request(List<UUID> ticketTypeIds) {
    return Map.of("tickets", ticketTypeIds.stream().map(Buyer::ticket).toList());
  }

  private static Map<String, Object> ticket(UUID ticketTypeId) {
    return Map.of(
        "ticketTypeId",
        ticketTypeId,
        "attendee",
        Map.of("name", "Ada Lovelace", "email", "ada@example.org"));
  }
}
