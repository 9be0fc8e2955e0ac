package io.cpdevents.registration;

import io.cpdevents.platform.Ids;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.TestTokens;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An organization of its own for a test, whose owner prepares events. */
public final class Organizer {

  /** Long after everything that tests do with their clock. */
  public static final String STARTS_AT = "2029-05-01T13:00:00Z";

  public static final String ENDS_AT = "2029-05-01T21:00:00Z";

  private final ApiClient api;
  private final UUID organizationId = Ids.next();
  private final ApiClient owner;

  public Organizer(ApiClient api) {
    this.api = api;
    this.owner = member("owner");
  }

  public UUID organizationId() {
    return organizationId;
  }

  /** The API with the owner's session. */
  public ApiClient owner() {
    return owner;
  }

  /** The API with the session of a new member. */
  public ApiClient member(String role) {
    return api.as(TestTokens.bearer(Ids.next(), Set.of(), Map.of(organizationId, role)));
  }

  /** The API with the session of a new member who has not lately proved who they are. */
  public ApiClient memberWhoProvedLongAgo(String role) {
    return api.as(
        TestTokens.token()
            .account(Ids.next())
            .organization(organizationId, role)
            .proved(Instant.now().minusSeconds(301))
            .bearer());
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
    return owner.post(eventsPath(), request).expect(201).id();
  }

  public String eventsPath() {
    return "/api/v1/organizations/" + organizationId + "/events";
  }

  public UUID ticketType(UUID eventId, long priceMinor, @Nullable Integer quota) {
    Map<String, Object> request = new HashMap<>();
    request.put("name", "Price " + priceMinor);
    request.put("price", Map.of("amountMinor", priceMinor, "currency", "CAD"));
    request.put("quota", quota);
    return owner.post("/api/v1/events/" + eventId + "/ticket-types", request).expect(201).id();
  }

  public void publish(UUID eventId) {
    owner.post("/api/v1/events/" + eventId + "/publication").expect(200);
  }

  /** Makes a promo code. */
  public Answer promoCode(String code, Map<String, ?> terms) {
    Map<String, Object> request = new HashMap<>(terms);
    request.put("code", code);
    return owner
        .withKey(Ids.next().toString())
        .post("/api/v1/organizations/" + organizationId + "/promo-codes", request);
  }

  /** Cancels an event. */
  public Answer cancel(UUID eventId, Map<String, ?> request) {
    return owner
        .withKey(Ids.next().toString())
        .post("/api/v1/events/" + eventId + "/cancellation", request);
  }

  public void change(UUID eventId, Map<String, ?> patch) {
    owner.patch("/api/v1/events/" + eventId, patch).expect(200);
  }
}
