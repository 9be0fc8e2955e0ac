package io.cpdevents.sandbox.events;

import io.cpdevents.sandbox.api.ApiCall;
import io.cpdevents.sandbox.api.StripeVersion;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import io.cpdevents.sandbox.webhooks.Deliveries;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Records events and their deliveries, in the transaction of the change. */
@Component
public class Events {
  private final StripeObjects objects;
  private final Deliveries deliveries;
  private final SandboxClock clock;

  public Events(StripeObjects objects, Deliveries deliveries, SandboxClock clock) {
    this.objects = objects;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  /** Records an event with the object as it is now. */
  public void record(String type, StripeObject subject) {
    record(type, subject, null);
  }

  /**
   * Records an event with the object as it is now.
   *
   * @param previousAttributes the previous values of changed fields; null when they are not shown
   */
  public void record(String type, StripeObject subject, @Nullable ObjectNode previousAttributes) {
    record(subject.account(), type, subject.body(), previousAttributes);
  }

  /** Records an event about something without an id, such as the balance. */
  public void record(
      String account, String type, ObjectNode snapshot, @Nullable ObjectNode previousAttributes) {
    StripeObject event =
        StripeObject.shaped(account, "event", StripeIds.next("evt"), clock.epochSecond());
    ObjectNode body = event.body();
    body.put("api_version", StripeVersion.PINNED);
    body.put("type", type);
    ObjectNode data = body.putObject("data");
    data.set("object", snapshot.deepCopy());
    if (previousAttributes != null) {
      data.set("previous_attributes", previousAttributes);
    }
    ApiCall call = ApiCall.current();
    if (call != null) {
      ObjectNode request = body.putObject("request");
      request.put("id", call.requestId());
      request.put("idempotency_key", call.idempotencyKey());
    }
    body.put("pending_webhooks", deliveries.isWanted(type) ? 1 : 0);
    objects.add(event);
    deliveries.plan(event.id(), type);
  }
}
