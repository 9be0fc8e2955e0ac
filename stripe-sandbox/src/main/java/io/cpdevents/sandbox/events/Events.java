package io.cpdevents.sandbox.events;

import io.cpdevents.sandbox.api.ApiCall;
import io.cpdevents.sandbox.api.StripeAccounts;
import io.cpdevents.sandbox.api.StripeVersion;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import io.cpdevents.sandbox.webhooks.Deliveries;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Records events and their deliveries, in the transaction of the change. */
@Component
public class Events {
  private final StripeObjects objects;
  private final Deliveries deliveries;
  private final SandboxClock clock;
  private final StripeAccounts accounts;

  public Events(
      StripeObjects objects, Deliveries deliveries, SandboxClock clock, StripeAccounts accounts) {
    this.accounts = accounts;
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

  /**
   * Records a change of an object, with the previous values of the changed fields.
   *
   * @param before the object's body before the change
   */
  public void recordChange(String type, StripeObject subject, ObjectNode before) {
    record(type, subject, previous(before, subject.body()));
  }

  /**
   * Records a change of a connected account, which the platform owns, as an event of the account.
   *
   * @param before the account's body before the change
   */
  public void recordAccountChange(String type, StripeObject account, ObjectNode before) {
    record(account.id(), type, account.body(), previous(before, account.body()));
  }

  private static ObjectNode previous(ObjectNode before, ObjectNode after) {
    ObjectNode previous = StripeJson.object();
    for (Map.Entry<String, JsonNode> field : before.properties()) {
      JsonNode now = after.get(field.getKey());
      if (field.getValue() instanceof ObjectNode inside && now instanceof ObjectNode insideNow) {
        ObjectNode changed = previous(inside, insideNow);
        if (!changed.isEmpty()) {
          previous.set(field.getKey(), changed);
        }
      } else if (!field.getValue().equals(now)) {
        previous.set(field.getKey(), field.getValue().deepCopy());
      }
    }
    for (String added : after.propertyNames()) {
      if (!before.has(added)) {
        previous.putNull(added);
      }
    }
    return previous;
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
    if (!account.equals(StripeAccounts.PLATFORM)) {
      body.put("account", account);
    }
    // Stripe stops delivering the events of an account that is no longer connected.
    boolean delivered = accounts.isAccessible(account);
    body.put("pending_webhooks", delivered ? deliveries.plan(account, event.id(), type) : 0);
    objects.add(event);
  }
}
