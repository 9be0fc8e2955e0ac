package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** An event that does not take place: every registration is cancelled, and money goes back. */
public record EventCancellation(Organization organization, PublishedEvent event) {

  /**
   * The owner cancels it.
   *
   * @param keepFeeBasisPoints the share of each payment that is kept
   */
  static EventCancellation of(
      Organization organization, PublishedEvent event, String reason, int keepFeeBasisPoints) {
    EventCancellation cancellation = new EventCancellation(organization, event);
    cancellation.tried(reason, keepFeeBasisPoints).expect(202);
    return cancellation;
  }

  /** Asks for it, and sees what happens. */
  public Answer tried(String reason, int keepFeeBasisPoints) {
    return organization
        .owner()
        .provenApi()
        .with("Idempotency-Key", UUID.randomUUID().toString())
        .post(path(), Map.of("reason", reason, "keepFeeBasisPoints", keepFeeBasisPoints));
  }

  /** How far it has come. */
  public JsonNode progress() {
    return organization.owner().api().get(path()).expect(200).json();
  }

  /** Waits until every registration is cancelled; refunds may take longer. */
  public EventCancellation isDone() {
    organization
        .world()
        .await(
            "the cancellation of event " + event.id() + " is done",
            () -> progress().path("status").asString().equals("done"));
    return this;
  }

  /** Waits until every refund is with its buyer. */
  public EventCancellation isRefunded() {
    organization
        .world()
        .await(
            "the refunds of event " + event.id() + " have succeeded",
            () -> {
              JsonNode progress = progress();
              JsonNode refunds = progress.path("refunds");
              return progress.path("status").asString().equals("done")
                  && refunds.path("succeeded").asInt() == refunds.path("requested").asInt();
            });
    return this;
  }

  private String path() {
    return event.path() + "/cancellation";
  }
}
