package io.cpdevents.sandbox.objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object of Stripe.
 *
 * @param account the account that owns it
 * @param body what the API shows
 * @param inner what the API does not show
 */
public record StripeObject(String account, ObjectNode body, ObjectNode inner) {

  /** A new object from the template of its kind. */
  public static StripeObject shaped(String account, String kind, String id, long created) {
    ObjectNode body = Shapes.of(kind);
    body.put("id", id);
    body.put("created", created);
    return new StripeObject(account, body, StripeJson.object());
  }

  public String id() {
    return requiredText("id");
  }

  public String kind() {
    return requiredText("object");
  }

  public boolean is(String field, String value) {
    return value.equals(text(field));
  }

  public @Nullable String text(String field) {
    return text(body, field);
  }

  public String requiredText(String field) {
    String text = text(field);
    if (text == null) {
      throw new IllegalStateException("No " + field + " in " + body);
    }
    return text;
  }

  public long number(String field) {
    return body.path(field).longValue();
  }

  public @Nullable String innerText(String field) {
    return text(inner, field);
  }

  private static @Nullable String text(ObjectNode node, String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() ? null : value.asString();
  }
}
