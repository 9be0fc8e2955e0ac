package io.cpdevents.registration;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.TestTokens;
import java.util.HashMap;
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

  /** Books a ticket of each of these types with a promo code. */
  public Answer register(UUID eventId, String promoCode, List<UUID> ticketTypeIds) {
    Map<String, Object> request = new HashMap<>(request(ticketTypeIds));
    request.put("promoCode", promoCode);
    return api.withKey(Ids.next().toString())
        .post("/api/v1/events/" + eventId + "/registrations", request);
  }

  /** Books a ticket of each of these types, under an idempotency key. */
  public Answer register(UUID eventId, List<UUID> ticketTypeIds, String idempotencyKey) {
    return api.withKey(idempotencyKey)
        .post("/api/v1/events/" + eventId + "/registrations", request(ticketTypeIds));
  }

  /** Cancels a registration or some of its tickets. */
  public Answer cancel(UUID registrationId, Map<String, ?> request) {
    return cancel(api, registrationId, request);
  }

  /** Asks what a cancellation would give back. */
  public Answer preview(UUID registrationId, Map<String, ?> request) {
    return api.post("/api/v1/registrations/" + registrationId + "/cancellation-preview", request);
  }

  /** Cancels a registration or some of its tickets, whoever does it. */
  public static Answer cancel(ApiClient api, UUID registrationId, Map<String, ?> request) {
    return api.withKey(Ids.next().toString())
        .post("/api/v1/registrations/" + registrationId + "/cancellation", request);
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
