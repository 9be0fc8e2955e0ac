package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.objects.Shapes;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The capabilities of an account, which are requested by the platform. */
final class Capabilities {
  static final String TRANSFERS = "transfers";
  static final String CARD_PAYMENTS = "card_payments";
  static final List<String> KNOWN = List.of(TRANSFERS, CARD_PAYMENTS);

  private static final String UNREQUESTED = "unrequested";

  /** When each capability was requested, as an inner fact of the account. */
  private static final String REQUESTED_AT = "capabilities_requested_at";

  private Capabilities() {}

  /** Reads {@code capabilities[transfers][requested]} and the like. */
  static void read(Params params, StripeObject account, long now) {
    Params given = params.childOrEmpty("capabilities");
    for (String name : KNOWN) {
      Boolean requested = given.childOrEmpty(name).flag("requested");
      if (requested != null) {
        request(account, name, requested, now);
      }
    }
  }

  static void request(StripeObject account, String name, boolean requested, long now) {
    ObjectNode statuses = (ObjectNode) account.body().get("capabilities");
    ObjectNode times = account.inner().withObjectProperty(REQUESTED_AT);
    if (!requested) {
      statuses.remove(name);
      times.remove(name);
    } else if (!statuses.has(name)) {
      statuses.put(name, "inactive");
      times.put(name, now);
    }
  }

  static boolean isActive(ObjectNode accountBody, String name) {
    return statusOf(accountBody, name).equals("active");
  }

  static String statusOf(ObjectNode accountBody, String name) {
    String status = StripeJson.text(accountBody.get("capabilities"), name);
    return status == null ? UNREQUESTED : status;
  }

  /** The capability as an object of the API. */
  static ObjectNode view(StripeObject account, String name) {
    ObjectNode view = Shapes.of("capability");
    String status = statusOf(account.body(), name);
    boolean requested = !status.equals(UNREQUESTED);
    view.put("id", name);
    view.put("account", account.id());
    view.put("requested", requested);
    view.put("status", status);
    JsonNode requestedAt = account.inner().path(REQUESTED_AT).get(name);
    if (requestedAt != null) {
      view.set("requested_at", requestedAt);
    }
    if (requested) {
      view.set("requirements", account.body().get("requirements").deepCopy());
    }
    return view;
  }
}
