package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import io.cpdevents.driver.http.Api;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** What an organizer decides about an event before it is published. */
public final class EventDraft {

  private static final Duration UNTIL_EVENT = Duration.ofDays(60);
  private static final Duration EVENT_LASTS = Duration.ofHours(3);
  private static final String CURRENCY = "currency";

  private final Organization organization;

  /** A few people book here for many, so unpaid registrations are hardly limited. */
  private static final Map<String, Integer> CROWDS_OF_FEW =
      Map.of("maxPerAccount", 100, "maxShareBasisPoints", 10_000, "repeatedMinutes", 30);

  private final Map<String, Object> terms = new LinkedHashMap<>();

  private EventDraft(Organization organization) {
    this.organization = organization;
  }

  /** An event that can be published, with so many places. */
  public static EventDraft of(Organization organization, int places) {
    Instant startsAt = organization.world().now().plus(UNTIL_EVENT).truncatedTo(ChronoUnit.SECONDS);
    return new EventDraft(organization)
        .with("title", "Sutures for beginners")
        .with("mode", "in-person")
        .with("startsAt", startsAt)
        .with("endsAt", startsAt.plus(EVENT_LASTS))
        .with("timeZone", "America/Toronto")
        .in("CAD")
        .with("capacity", places)
        .with("holdLimits", CROWDS_OF_FEW)
        .with("venue", "Hall 1");
  }

  /** Another value of a field, or one more. */
  public EventDraft with(String field, Object value) {
    terms.put(field, value);
    return this;
  }

  /** Saves it; nobody outside the organization sees it. */
  public UUID saved() {
    return savedBy(owner().api());
  }

  /** Somebody who may saves it. */
  public UUID savedBy(Api organizer) {
    return organizer.post(organization.path() + "/events", terms).expect(201).id();
  }

  /** Another currency. */
  public EventDraft in(String currency) {
    return with(CURRENCY, currency);
  }

  /**
   * Saves it, puts one kind of ticket on sale and publishes it.
   *
   * @param priceMinor in minor units; 0 is free
   */
  public PublishedEvent publishedAt(long priceMinor) {
    PublishedEvent event = withTickets(priceMinor);
    publish(event).expect(200);
    return event;
  }

  /**
   * Saves it, puts one kind of ticket on sale, and sees what comes of publishing it.
   *
   * @param priceMinor in minor units; 0 is free
   */
  public Answer triesToPublishAt(long priceMinor) {
    return publish(withTickets(priceMinor));
  }

  private PublishedEvent withTickets(long priceMinor) {
    UUID id = saved();
    Map<String, Object> price = Map.of("amountMinor", priceMinor, CURRENCY, currency());
    UUID ticketTypeId =
        owner()
            .api()
            .post(
                "/api/v1/events/" + id + "/ticket-types", Map.of("name", "Regular", "price", price))
            .expect(201)
            .id();
    return new PublishedEvent(organization.world(), id, ticketTypeId);
  }

  private Answer publish(PublishedEvent event) {
    return owner().api().post(event.path() + "/publication", Map.of());
  }

  private Object currency() {
    return Objects.requireNonNull(terms.get(CURRENCY));
  }

  private Person owner() {
    return organization.owner();
  }
}
