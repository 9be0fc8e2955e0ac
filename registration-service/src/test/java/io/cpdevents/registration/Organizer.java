package io.cpdevents.registration;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.TestTokens;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An organization's owner who prepares events for a test. */
public final class Organizer {

  /** Long after everything that tests do with their clock. */
  public static final String STARTS_AT = "2029-05-01T13:00:00Z";

  public static final String ENDS_AT = "2029-05-01T21:00:00Z";

  private final Api api;
  private final UUID organizationId = Ids.next();
  private final String bearer = member("owner");

  public Organizer(Api api) {
    this.api = api;
  }

  public UUID organizationId() {
    return organizationId;
  }

  /** The owner's authorization. */
  public String bearer() {
    return bearer;
  }

  /** The authorization of a new member. */
  public String member(String role) {
    return TestTokens.bearer(Ids.next(), Set.of(), Map.of(organizationId, role));
  }

  /** The authorization of somebody who is in no organization. */
  public static String stranger() {
    return TestTokens.bearer(Ids.next());
  }

  public Map<String, Object> eventRequest(String title, int capacity) {
    Map<String, Object> request = new HashMap<>();
    request.put("title", title);
    request.put("mode", "online");
    request.put("startsAt", STARTS_AT);
    request.put("endsAt", ENDS_AT);
    request.put("timeZone", "America/Toronto");
    request.put("currency", "CAD");
    request.put("capacity", capacity);
    return request;
  }

  public UUID draft(int capacity) {
    return create(eventRequest("Wound care", capacity));
  }

  public UUID create(Map<String, Object> request) {
    return api.post(eventsPath(), bearer, request).expect(201).id();
  }

  public String eventsPath() {
    return "/api/v1/organizations/" + organizationId + "/events";
  }

  public UUID ticketType(UUID eventId, long priceMinor, @Nullable Integer quota) {
    Map<String, Object> request = new HashMap<>();
    request.put("name", "Price " + priceMinor);
    request.put("price", Map.of("amountMinor", priceMinor, "currency", "CAD"));
    request.put("quota", quota);
    return api.post("/api/v1/events/" + eventId + "/ticket-types", bearer, request)
        .expect(201)
        .id();
  }

  public void publish(UUID eventId) {
    api.post("/api/v1/events/" + eventId + "/publication", bearer, "").expect(200);
  }

  public void change(UUID eventId, Map<String, ?> patch) {
    api.patch("/api/v1/events/" + eventId, bearer, patch).expect(200);
  }
}
